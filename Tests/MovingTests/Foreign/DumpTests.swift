import Testing

@testable import Moving

/// The three programs that write dumps write texts in three ways.
struct DumpTests {
    private func rows(_ text: String, _ tables: Set<String> = ["t"]) throws -> [SQLDump.Record] {
        var rows: [SQLDump.Record] = []
        try SQLDump.read(Array(text.utf8), named: "dump.sql", tables: tables) { _, row in rows.append(row) }
        return rows
    }

    @Test func `mysqldump`() throws {
        let found = try rows(
            #"""
            -- MySQL dump 10.13  Distrib 8.0.36
            /*!40101 SET NAMES utf8mb4 */;
            DROP TABLE IF EXISTS `t`;
            CREATE TABLE `t` (
              `id` bigint unsigned NOT NULL AUTO_INCREMENT,
              `title` varchar(1024) COLLATE utf8mb4_unicode_ci DEFAULT 'a,b)' COMMENT 'it\'s; (x',
              `key` double(8,2) DEFAULT NULL,
              PRIMARY KEY (`id`),
              KEY `by_title` (`title`)
            ) ENGINE=InnoDB;
            LOCK TABLES `t` WRITE;
            INSERT INTO `other` VALUES (1,'it\'s; INSERT INTO `t` VALUES (9)');
            INSERT INTO `t` VALUES (1,'it\'s \"so\"\n\\ ''x''; (',12.99),(2,NULL,-1e-3);
            UNLOCK TABLES;
            """#
        )
        #expect(
            found == [
                ["id": "1", "title": "it's \"so\"\n\\ 'x'; (", "key": "12.99"],
                ["id": "2", "title": nil, "key": "-1e-3"],
            ]
        )
    }

    @Test func `sqlite3 .dump`() throws {
        let found = try rows(
            #"""
            PRAGMA foreign_keys=OFF;
            BEGIN TRANSACTION;
            CREATE TABLE IF NOT EXISTS "t" ("id" integer primary key autoincrement not null, "title" varchar not null, "n" float);
            INSERT INTO t VALUES(1,'back\slash ''q''',12.990000000000000213);
            INSERT INTO "t" VALUES(2,replace('two\nlines','\n',char(10)),NULL);
            INSERT INTO t VALUES(3,replace(replace('a\r\nb','\r',char(13)),'\n',char(10)),X'00');
            INSERT INTO t VALUES(4,unistr('c\u000ad\\e'),0);
            COMMIT;
            """#
        )
        #expect(found.map { $0["title"] } == ["back\\slash 'q'", "two\nlines", "a\r\nb", "c\nd\\e"])
        #expect(found.first?["n"] == "12.990000000000000213")
    }

    @Test func `pg_dump`() throws {
        let found = try rows(
            #"""
            --
            -- PostgreSQL database dump
            --
            \restrict abc
            SET standard_conforming_strings = on;
            CREATE FUNCTION f() RETURNS void AS $$ INSERT INTO t VALUES (1); $$ LANGUAGE sql;
            CREATE TABLE public.t (
                id integer NOT NULL,
                title character varying(255),
                flag boolean DEFAULT false
            );
            COPY public.other (id) FROM stdin;
            1
            \.
            COPY public.t (id, title, flag) FROM stdin;
            1	tab\there\nand \\ back	t
            2	\N	f
            \.
            INSERT INTO public.t (flag, id, title) VALUES (true, 3, E'a\'b'::text);
            SELECT pg_catalog.setval('t_id_seq', 2, true);
            """#
        )
        #expect(
            found == [
                ["id": "1", "title": "tab\there\nand \\ back", "flag": "t"], ["id": "2", "title": nil, "flag": "f"],
                ["id": "3", "title": "a'b", "flag": "1"],
            ]
        )
    }

    @Test(arguments: [
        ("INSERT INTO t (a, b) VALUES (1);", "1 values for 2 columns"),
        ("INSERT INTO t (a) VALUES ('x", "never closed"),
        ("\n\nINSERT INTO t (a) VALUES (x);", "Line 3"), ("COPY t (a) FROM stdin;\n1\n", "ends within the rows"),
        ("COPY t (a) FROM stdin;\n1\t2\n\\.\n", "2 values"), ("PGDMP\u{1}", "--format=plain"),
        ("SQLite format 3\u{0}", ".dump"), ("CREATE FUNCTION f() AS $$ x", "never closed"),
    ])
    func `what can't be understood is refused with its line`(text: String, words: String) throws {
        let error = try #require(throws: MovingError.self) { try rows(text) }
        #expect(error.description.contains(words), "\(error)")
    }

    @Test func `no dump makes the reader crash or run for ever`() throws {
        let whole = Array(
            #"""
            CREATE TABLE `t` (`id` int, "b" text DEFAULT 'x', CHECK (a > 1));
            INSERT INTO `t` VALUES (1,'it''s'),(2,replace('a\n','\n',char(10))),(3,E'\''::text); /* c */ -- d
            COPY t (id, b) FROM stdin;
            1	\N
            \.
            """#.utf8
        )
        for place in whole.indices {
            for byte in [0, 0x27, 0x28, 0x2a, 0x3b, 0x5c, 0xff] as [UInt8] {
                var bytes = whole
                bytes[place] = byte
                // Whatever comes of it.
                _ = try? SQLDump.read(bytes, named: "dump.sql", tables: ["t"]) { _, _ in }
            }
            _ = try? SQLDump.read(Array(whole.prefix(place)), named: "dump.sql", tables: ["t"]) { _, _ in }
        }
    }
}
