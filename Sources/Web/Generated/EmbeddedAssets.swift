// Written by scripts/embed from the files named below; as long as they are. Do not edit.

/// The style sheet's parts, the icon and the script.
enum EmbeddedAssets {
    /// By file name, without the last line end.
    static let all: [String: String] = [
        "1-tokens.css": ##"""
        /* The design in one place: every colour, size and distance that the rest uses. All pairs of text and ground that occur
           have a contrast of at least 4.5. */
        :root {
          color-scheme: light dark;
          --paper: #f7f6f3;
          --card: #ffffff;
          --well: #f1efeb;
          --ink: #1e2126;
          --soft: #585e69;
          --line: #e3e0da;
          --edge: #8b8f98;
          --accent: #0b6357;
          --accent-strong: #084c43;
          --on-accent: #ffffff;
          --accent-wash: #e2f0ed;
          --good: #17603a;
          --good-wash: #e2f2e8;
          --doubt: #7a4d05;
          --doubt-wash: #fcf0d8;
          --doubt-mark: #c27c0e;
          --bad: #a02a25;
          --bad-wash: #fbe8e6;
          --quiet: #50565f;
          --quiet-wash: #eceae6;
          --focus: #1a5fb4;
          --shadow: 0 1px 2px rgb(30 33 38 / 5%), 0 6px 20px rgb(30 33 38 / 4%);

          --s1: 0.25rem;
          --s2: 0.5rem;
          --s3: 0.75rem;
          --s4: 1rem;
          --s5: 1.5rem;
          --s6: 2.25rem;
          --s7: 3.5rem;
          --radius: 0.75rem;
          --radius-small: 0.5rem;
          --touch: 2.75rem;
          --page: 68rem;
          --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial, sans-serif;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, Consolas, monospace;
          --small: 0.875rem;
          --tiny: 0.8125rem;
        }

        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #131519;
            --card: #1b1e24;
            --well: #22262d;
            --ink: #e8e8e4;
            --soft: #a6abb5;
            --line: #2d323a;
            --edge: #737985;
            --accent: #63cdb9;
            --accent-strong: #8be0cf;
            --on-accent: #06231e;
            --accent-wash: #17332e;
            --good: #86d6a2;
            --good-wash: #17311f;
            --doubt: #ecc274;
            --doubt-wash: #352a11;
            --doubt-mark: #e5ac45;
            --bad: #f49c95;
            --bad-wash: #3d1f1d;
            --quiet: #b6bac3;
            --quiet-wash: #2a2e36;
            --focus: #8ab8f5;
            --shadow: none;
          }
        }
        """##,
        "2-base.css": ##"""
        *,
        *::before,
        *::after {
          box-sizing: border-box;
        }

        html {
          background: var(--paper);
          color: var(--ink);
          font: 1rem/1.5 var(--font);
          -webkit-text-size-adjust: 100%;
          text-size-adjust: 100%;
        }

        body {
          margin: 0;
          min-height: 100vh;
          min-height: 100dvh;
          display: flex;
          flex-direction: column;
        }

        h1,
        h2 {
          margin: 0;
          line-height: 1.2;
          font-weight: 650;
          letter-spacing: -0.012em;
          text-wrap: balance;
          overflow-wrap: anywhere;
        }

        h1 {
          font-size: 1.625rem;
        }

        h2 {
          font-size: 1.0625rem;
        }

        p {
          margin: 0 0 var(--s3);
        }

        a {
          color: var(--accent);
          text-underline-offset: 0.15em;
          text-decoration-thickness: 1px;
        }

        a:hover {
          color: var(--accent-strong);
        }

        code,
        pre {
          font-family: var(--mono);
          font-size: 0.92em;
        }

        pre {
          margin: 0;
          padding: var(--s3) var(--s4);
          background: var(--well);
          border-radius: var(--radius-small);
          overflow-x: auto;
        }

        :focus-visible {
          outline: 3px solid var(--focus);
          outline-offset: 2px;
          border-radius: 4px;
        }

        main:focus {
          outline: none;
        }

        .aside {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
          white-space: nowrap;
        }

        .skip {
          position: absolute;
          left: var(--s3);
          top: -4rem;
          padding: var(--s2) var(--s4);
          background: var(--card);
          border-radius: var(--radius-small);
          z-index: 2;
        }

        .skip:focus {
          top: var(--s2);
        }

        .sub {
          color: var(--soft);
          font-size: var(--small);
        }

        .lead {
          color: var(--soft);
          font-size: 1.0625rem;
          margin: var(--s2) 0 var(--s5);
          text-wrap: pretty;
        }

        .breakable {
          overflow-wrap: anywhere;
        }

        .strong {
          font-weight: 600;
        }

        .number {
          font-variant-numeric: tabular-nums;
        }

        /* The frame of every page */
        .top {
          background: var(--card);
          border-bottom: 1px solid var(--line);
        }

        .top-inner,
        main,
        .foot {
          width: 100%;
          max-width: var(--page);
          margin-inline: auto;
          padding-inline: var(--s4);
        }

        .top-inner {
          display: flex;
          flex-wrap: wrap;
          align-items: center;
          column-gap: var(--s5);
          min-height: 3.5rem;
        }

        .brand {
          display: inline-flex;
          align-items: center;
          gap: var(--s2);
          min-height: var(--touch);
          color: var(--ink);
          font-weight: 650;
          text-decoration: none;
        }

        .brand:hover {
          color: var(--ink);
        }

        .brand-line {
          fill: none;
          stroke: var(--accent);
          stroke-width: 2.5;
          stroke-linecap: round;
          stroke-linejoin: round;
        }

        .brand-dot {
          fill: var(--doubt-mark);
        }

        .menu {
          display: flex;
          gap: var(--s1);
        }

        .menu a {
          display: inline-flex;
          align-items: center;
          min-height: 3.5rem;
          padding-inline: var(--s3);
          color: var(--soft);
          text-decoration: none;
          border-block: 2px solid transparent;
        }

        .menu a:hover {
          color: var(--ink);
        }

        .menu a[aria-current] {
          color: var(--ink);
          font-weight: 600;
          border-bottom-color: var(--accent);
        }

        .leave {
          display: flex;
          align-items: center;
          gap: var(--s3);
          margin-left: auto;
        }

        .who {
          max-width: 14rem;
          overflow: hidden;
          text-overflow: ellipsis;
          white-space: nowrap;
          color: var(--soft);
          font-size: var(--small);
          text-decoration: none;
        }

        .who:hover,
        .who[aria-current] {
          color: var(--ink);
          text-decoration: underline;
        }

        main {
          flex: 1;
          padding-block: var(--s5) var(--s7);
        }

        .foot {
          padding-block: var(--s4);
          color: var(--soft);
          font-size: var(--tiny);
        }

        .foot p {
          margin: 0;
        }

        .foot a {
          color: inherit;
        }

        .crumb {
          margin-bottom: var(--s2);
          font-size: var(--small);
          color: var(--soft);
        }

        .crumb a {
          display: inline-block;
          padding-block: var(--s1);
        }

        .head {
          display: flex;
          flex-wrap: wrap;
          align-items: center;
          justify-content: space-between;
          gap: var(--s3) var(--s5);
          margin-bottom: var(--s4);
        }

        .head .sub {
          margin: var(--s1) 0 0;
        }

        @media (max-width: 40rem) {
          .top-inner {
            column-gap: var(--s3);
            padding-top: var(--s1);
          }

          .leave {
            flex: 1 1 0;
            min-width: 0;
            justify-content: flex-end;
          }

          .menu {
            order: 3;
            width: 100%;
            margin-inline: calc(-1 * var(--s3));
          }

          .menu a {
            min-height: var(--touch);
          }

        }
        """##,
        "3-parts.css": ##"""
        /* Cards, forms, buttons, badges */
        .card {
          background: var(--card);
          border: 1px solid var(--line);
          border-radius: var(--radius);
          box-shadow: var(--shadow);
          padding: var(--s5);
        }

        .card > :last-child,
        .card > form:last-child > :last-child {
          margin-bottom: 0;
        }

        .card + .card,
        .stack > * + * {
          margin-top: var(--s4);
        }

        .card > h1,
        .card > h2 {
          margin-bottom: var(--s3);
        }

        .card > h1 + .lead {
          margin-top: calc(-1 * var(--s1));
        }

        .card > h2 + .sub {
          margin-top: calc(-1 * var(--s2));
        }

        .card-head {
          display: flex;
          flex-wrap: wrap;
          align-items: baseline;
          justify-content: space-between;
          gap: var(--s1) var(--s4);
          margin-bottom: var(--s3);
        }

        .slim {
          max-width: 27rem;
          margin: var(--s5) auto;
        }

        .center {
          text-align: center;
        }

        .section {
          margin-top: var(--s6);
        }

        .section > h2 {
          margin-bottom: var(--s3);
        }

        .code {
          margin: 0;
          font-size: 3rem;
          font-weight: 650;
          line-height: 1.1;
          color: var(--soft);
        }

        .plain {
          list-style: none;
          margin: 0;
          padding: 0;
        }

        .plain > li + li {
          margin-top: var(--s3);
          padding-top: var(--s3);
          border-top: 1px solid var(--line);
        }

        button,
        .button {
          display: inline-flex;
          align-items: center;
          justify-content: center;
          min-height: var(--touch);
          padding: var(--s2) var(--s4);
          border: 1px solid var(--edge);
          border-radius: var(--radius-small);
          background: var(--card);
          color: var(--ink);
          font: inherit;
          font-weight: 550;
          line-height: 1.25;
          text-decoration: none;
          white-space: nowrap;
          cursor: pointer;
        }

        button:hover,
        .button:hover {
          background: var(--well);
          color: var(--ink);
        }

        button:disabled {
          color: var(--soft);
          border-color: var(--line);
          cursor: default;
        }

        .primary,
        .primary:hover {
          background: var(--accent);
          border-color: var(--accent);
          color: var(--on-accent);
        }

        .primary:hover {
          background: var(--accent-strong);
          border-color: var(--accent-strong);
        }

        .danger,
        .danger:hover {
          background: var(--card);
          border-color: var(--bad);
          color: var(--bad);
        }

        .danger:hover {
          background: var(--bad-wash);
        }

        .wide {
          width: 100%;
        }

        .link,
        .link:hover {
          padding-inline: 0;
          border: 0;
          background: none;
          color: var(--accent);
          font-weight: 400;
          font-size: var(--small);
          text-decoration: underline;
          text-decoration-thickness: 1px;
          text-underline-offset: 0.15em;
        }

        .danger-link,
        .danger-link:hover {
          display: inline-flex;
          align-items: center;
          min-height: var(--touch);
          color: var(--bad);
        }

        .actions {
          display: flex;
          flex-wrap: wrap;
          align-items: center;
          gap: var(--s2) var(--s3);
          margin-top: var(--s4);
        }

        .inline {
          display: inline-block;
          margin: 0 var(--s2) var(--s3) 0;
        }

        .actions .inline {
          margin: 0 var(--s3) 0 0;
        }

        .apart {
          margin: var(--s4) 0 0;
          padding-top: var(--s3);
          border-top: 1px solid var(--line);
        }

        .field {
          margin-bottom: var(--s4);
        }

        label {
          display: block;
          margin-bottom: var(--s1);
          font-weight: 550;
          font-size: var(--small);
        }

        .optional {
          color: var(--soft);
          font-weight: 400;
        }

        input:not([type="hidden"]),
        select {
          width: 100%;
          min-height: var(--touch);
          padding: var(--s2) var(--s3);
          border: 1px solid var(--edge);
          border-radius: var(--radius-small);
          background: var(--card);
          color: var(--ink);
          font: inherit;
        }

        .days {
          display: grid;
          grid-template-columns: repeat(4, minmax(0, 1fr));
          margin: 0 0 var(--s3);
          padding: 0;
          border: 0;
        }

        .days legend,
        .choices legend {
          margin-bottom: var(--s1);
          padding: 0;
          font-weight: 550;
          font-size: var(--small);
        }

        .days label,
        .choices label {
          display: flex;
          align-items: center;
          gap: var(--s2);
          min-height: var(--touch);
          margin: 0;
          font-weight: 400;
        }

        .choices {
          margin: 0 0 var(--s3);
          padding: 0;
          border: 0;
        }

        .days input[type="checkbox"],
        .choices input {
          flex: none;
          width: 1.25rem;
          min-height: 0;
          height: 1.25rem;
          margin: 0;
          accent-color: var(--accent);
        }

        input::placeholder {
          color: var(--soft);
          opacity: 1;
        }

        input:focus-visible,
        select:focus-visible {
          outline-offset: 0;
          border-radius: var(--radius-small);
        }

        [aria-invalid] {
          border-color: var(--bad);
        }

        .hint {
          margin: var(--s1) 0 0;
          color: var(--soft);
          font-size: var(--small);
        }

        .problem {
          margin: var(--s1) 0 0;
          color: var(--bad);
          font-size: var(--small);
        }

        .problem.block,
        .caution,
        .notice {
          margin: 0 0 var(--s4);
          padding: var(--s3) var(--s4);
          border-radius: var(--radius-small);
          font-size: var(--small);
          overflow-wrap: anywhere;
        }

        .problem.block {
          background: var(--bad-wash);
          color: var(--bad);
        }

        .problem.block a,
        .caution a {
          color: inherit;
        }

        .caution {
          background: var(--doubt-wash);
          color: var(--doubt);
        }

        .caution p {
          margin: 0;
        }

        .notice {
          background: var(--good-wash);
          color: var(--good);
        }

        .with-unit,
        .row,
        .paste-row {
          display: flex;
          gap: var(--s2);
        }

        .with-unit {
          align-items: center;
        }

        .unit {
          color: var(--soft);
          font-size: var(--small);
        }

        .row {
          align-items: flex-end;
          margin-bottom: var(--s3);
        }

        .row .field {
          flex: 1;
          min-width: 0;
          margin: 0;
        }

        /* A time with its sign for morning or afternoon needs so much. */
        .times {
          flex-wrap: wrap;
          margin-bottom: 0;
        }

        .times .field {
          min-width: 9.5rem;
        }

        .hint + .field {
          margin-top: var(--s4);
        }

        .paste {
          margin: 0;
        }

        .badge,
        .sure {
          display: inline-block;
          padding: 0.125rem var(--s2);
          border-radius: 1rem;
          font-size: var(--tiny);
          font-weight: 550;
          line-height: 1.4;
          white-space: nowrap;
        }

        .badge.good,
        .sure.sure {
          background: var(--good-wash);
          color: var(--good);
        }

        .badge.doubt,
        .sure.fair {
          background: var(--doubt-wash);
          color: var(--doubt);
        }

        .badge.bad,
        .sure.unsure {
          background: var(--bad-wash);
          color: var(--bad);
        }

        .badge.quiet {
          background: var(--quiet-wash);
          color: var(--quiet);
        }

        .change {
          font-size: var(--small);
          font-weight: 550;
          white-space: nowrap;
          font-variant-numeric: tabular-nums;
        }

        .cheaper {
          color: var(--good);
        }

        .dearer {
          color: var(--bad);
        }

        .picture {
          flex: none;
          width: 3.5rem;
          height: 3.5rem;
          object-fit: contain;
          background: #ffffff;
          border: 1px solid var(--line);
          border-radius: var(--radius-small);
        }

        .picture.none {
          display: grid;
          place-items: center;
          background: var(--accent-wash);
          border-color: transparent;
          color: var(--accent);
          font-size: 1.375rem;
          font-weight: 600;
        }

        .facts {
          margin: var(--s3) 0;
        }

        .facts > div {
          display: flex;
          gap: var(--s4);
          padding-block: var(--s2);
          border-top: 1px solid var(--line);
          font-size: var(--small);
        }

        .facts dt {
          flex: 0 0 8.5rem;
          color: var(--soft);
        }

        .facts dd {
          margin: 0;
          min-width: 0;
        }

        summary {
          padding-block: var(--s3);
          cursor: pointer;
          color: var(--accent);
          font-size: var(--small);
        }

        details {
          margin-top: var(--s2);
        }

        progress {
          display: block;
          width: 100%;
          margin-top: var(--s1);
          accent-color: var(--accent);
        }

        .note {
          display: block;
          margin-top: var(--s1);
        }

        .tabs {
          display: flex;
          flex-wrap: wrap;
          gap: var(--s2);
          margin-block: var(--s4);
        }

        .tabs a {
          padding: var(--s2) var(--s3);
          border: 1px solid var(--line);
          border-radius: var(--radius-small);
          background: var(--card);
          font-size: var(--small);
          text-decoration: none;
        }

        .tabs a[aria-current] {
          border-color: var(--accent);
          font-weight: 600;
        }

        .tab-count {
          color: var(--soft);
          font-weight: 400;
        }

        .job h2 {
          margin: 0;
          font-size: 1rem;
        }

        .card.job > p {
          margin-block: var(--s1);
        }

        .card.job > .actions {
          margin-block: var(--s3) 0;
        }

        .columns {
          display: grid;
          gap: var(--s4);
        }

        .columns > .card {
          margin: 0;
        }

        .columns + .card {
          margin-top: var(--s4);
        }

        h1 + .columns,
        h1 + .card {
          margin-top: var(--s4);
        }

        @media (min-width: 52rem) {
          .columns {
            grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
            align-items: start;
          }
        }

        @media (max-width: 40rem) {
          .card {
            padding: var(--s4);
          }

          .facts dt {
            flex-basis: 6.5rem;
          }

          .paste-row {
            flex-direction: column;
          }
        }

        /* A mail as its reader sees it */
        .mail {
          width: 100%;
          height: 75vh;
          min-height: 24rem;
          border: 1px solid var(--line);
          border-radius: var(--radius);
        }
        """##,
        "4-tables.css": ##"""
        /* Tables that become cards on the phone */
        .cards {
          width: 100%;
          border-collapse: collapse;
          font-size: var(--small);
        }

        .cards th,
        .cards td {
          padding: var(--s2) var(--s4) var(--s2) 0;
          text-align: left;
          vertical-align: top;
          font-weight: inherit;
        }

        .cards th:last-child,
        .cards td:last-child {
          padding-right: 0;
        }

        .cards .strong {
          font-weight: 600;
        }

        .cards thead th {
          padding-top: 0;
          color: var(--soft);
          font-size: var(--tiny);
        }

        .cards tbody tr {
          border-top: 1px solid var(--line);
        }

        .cards .number {
          text-align: right;
          white-space: nowrap;
        }

        .cards th .sub,
        .cards .number .sub,
        .cards .number .change {
          display: block;
        }

        .cards q {
          quotes: none;
        }

        .evidence td:nth-child(2) {
          min-width: 8rem;
          overflow-wrap: anywhere;
        }

        .evidence td:nth-child(3) {
          min-width: 8rem;
          max-width: 18rem;
        }

        .evidence td:nth-child(4) {
          min-width: 11rem;
        }

        .strategy {
          color: var(--soft);
        }

        .evidence code {
          display: block;
          font-size: var(--tiny);
        }

        .routes th {
          width: 50%;
        }

        .verb {
          color: var(--accent);
          font-weight: 600;
        }

        /* The list of products stands in a card of its own */
        .products {
          background: var(--card);
          border-radius: var(--radius);
          box-shadow: 0 0 0 1px var(--line), var(--shadow);
        }

        .products th,
        .products td {
          padding: var(--s3) var(--s5) var(--s3) 0;
          vertical-align: middle;
        }

        .products thead th {
          padding-top: var(--s3);
        }

        .products th:first-child {
          padding-left: var(--s4);
        }

        .products th:last-child,
        .products td:last-child {
          padding-right: var(--s4);
        }

        .products .c-product {
          width: 40%;
        }

        .product-link {
          display: flex;
          align-items: center;
          gap: var(--s4);
          color: inherit;
          text-decoration: none;
        }

        .product-words {
          display: grid;
          min-width: 0;
        }

        .product-name {
          font-size: 1rem;
          font-weight: 600;
          line-height: 1.3;
          display: -webkit-box;
          -webkit-box-orient: vertical;
          -webkit-line-clamp: 2;
          line-clamp: 2;
          overflow: hidden;
          overflow-wrap: anywhere;
        }

        .product-link:hover .product-name {
          color: var(--accent);
          text-decoration: underline;
          text-decoration-thickness: 1px;
          text-underline-offset: 0.15em;
        }

        .price {
          font-size: 1.0625rem;
          font-weight: 650;
        }

        .products .c-check {
          white-space: nowrap;
        }

        .products .c-state .sub {
          display: block;
          white-space: nowrap;
        }

        @media (max-width: 52rem) {
          .cards,
          .cards tbody,
          .cards tr,
          .cards th,
          .cards td {
            display: block;
          }

          .cards thead {
            position: absolute;
            width: 1px;
            height: 1px;
            overflow: hidden;
            clip-path: inset(50%);
          }

          .cards tbody tr {
            padding-block: var(--s3);
          }

          .cards tbody tr:first-child {
            border-top: 0;
            padding-top: 0;
          }

          .cards tbody tr:last-child {
            padding-bottom: 0;
          }

          .cards tbody th,
          .cards tbody td {
            padding: 0;
            width: auto;
            max-width: none;
            text-align: left;
          }

          .cards [data-label]::before {
            content: attr(data-label) " ";
            color: var(--soft);
            font-size: var(--tiny);
          }

          .cards td:empty {
            display: none;
          }

          .evidence tbody tr {
            display: grid;
            grid-template-columns: minmax(0, 1fr) auto;
            gap: 0 var(--s3);
          }

          .evidence tbody th {
            grid-column: 1 / -1;
            color: var(--soft);
            font-size: var(--tiny);
          }

          .evidence td:nth-child(2) {
            font-size: 1rem;
          }

          .evidence td:nth-child(3),
          .evidence td:nth-child(4) {
            grid-column: 1 / -1;
            grid-row: auto;
          }

          .evidence td:nth-child(5) {
            grid-column: 2;
            grid-row: 2;
          }

          .evidence code {
            display: inline;
          }

          .runs tbody tr {
            display: grid;
            grid-template-columns: minmax(0, 1fr) auto;
            gap: 0 var(--s3);
          }

          .runs .number {
            grid-column: 2;
            grid-row: 1;
            text-align: right;
          }

          .runs td:nth-child(3) {
            color: var(--soft);
          }

          .log tbody tr {
            display: grid;
            grid-template-columns: minmax(0, 1fr) auto;
            gap: var(--s1) var(--s3);
          }

          .log td:nth-child(2) {
            grid-column: 1 / -1;
            grid-row: 2;
          }

          .log .number {
            grid-column: 2;
            grid-row: 1;
            text-align: right;
          }

          .log td:nth-child(4) {
            grid-column: 1 / -1;
            grid-row: 3;
          }

          .routes th {
            margin-bottom: var(--s1);
          }

          .products {
            background: none;
            box-shadow: none;
          }

          .products tbody tr,
          .products tbody tr:first-child,
          .products tbody tr:last-child {
            position: relative;
            display: grid;
            grid-template:
              "product product" auto
              "price course" auto
              "lowest lowest" auto
              "check state" auto / minmax(0, 1fr) auto;
            align-items: center;
            gap: var(--s1) var(--s3);
            padding: var(--s4);
            background: var(--card);
            border: 1px solid var(--line);
            border-radius: var(--radius);
          }

          .products tbody tr + tr {
            margin-top: var(--s3);
          }

          .products tbody th:first-child,
          .products tbody td:last-child {
            padding: 0;
          }

          .products tbody .c-product {
            grid-area: product;
            width: auto;
          }

          /* The whole card leads to the product */
          .product-link::after {
            content: "";
            position: absolute;
            inset: 0;
            border-radius: var(--radius);
          }

          .products .c-price {
            grid-area: price;
            display: flex;
            flex-wrap: wrap;
            align-items: baseline;
            gap: 0 var(--s3);
            text-align: left;
          }

          .products .price {
            font-size: 1.375rem;
          }

          .products .c-lowest {
            grid-area: lowest;
            text-align: left;
            color: var(--soft);
          }

          .products .c-lowest .sub {
            display: inline;
          }

          .phone-label + .sub::before {
            content: " · ";
          }

          .products .c-course {
            grid-area: course;
            justify-self: end;
          }

          .products .c-check {
            grid-area: check;
          }

          .products .c-state {
            grid-area: state;
            justify-self: end;
          }

          /* The row has no room for it; the product's page says it. */
          .products .c-state .sub {
            display: none;
          }
        }

        @media (min-width: 52.01rem) {
          .phone-label {
            display: none;
          }
        }

        /* Above and below a long list */
        .find {
          display: flex;
          flex-wrap: wrap;
          align-items: end;
          gap: var(--s3);
          margin-bottom: var(--s4);
        }

        .find-words {
          flex: 1 1 16rem;
        }

        .find-all {
          min-height: var(--touch);
          padding-block: var(--s3);
          font-size: var(--small);
        }

        .pages {
          display: flex;
          align-items: center;
          justify-content: space-between;
          gap: var(--s3);
          margin-top: var(--s4);
        }

        .pages-way {
          min-width: 6rem;
        }

        .pages-way:last-child {
          text-align: right;
        }

        @media (max-width: 40rem) {
          .find > div:not(.find-words) {
            flex: 1 1 8rem;
          }

          .find button {
            flex: 1 1 100%;
          }
        }
        """##,
        "5-product.css": ##"""
        /* Charts, the product's page, the empty list */
        .spark {
          display: block;
          width: 7.5rem;
          height: 2.25rem;
          overflow: visible;
        }

        .spark polyline {
          fill: none;
          stroke: var(--accent);
          stroke-width: 2;
          stroke-linejoin: round;
        }

        .spark circle {
          fill: var(--accent);
        }

        .figure {
          margin: 0;
        }

        .figure figcaption {
          margin-top: var(--s2);
        }

        .chart {
          display: block;
          width: 100%;
          height: auto;
        }

        .chart.narrow {
          display: none;
        }

        .chart text {
          font-family: var(--font);
          font-size: 12.5px;
          font-variant-numeric: tabular-nums;
        }

        .chart .tick {
          fill: var(--soft);
        }

        .chart .grid {
          stroke: var(--line);
        }

        .chart .line {
          fill: none;
          stroke: var(--accent);
          stroke-width: 2.5;
          stroke-linejoin: round;
          stroke-linecap: round;
        }

        .chart .area {
          fill: var(--accent);
          opacity: 0.08;
        }

        .chart .gap {
          fill: var(--quiet-wash);
        }

        .chart .foreign {
          fill: none;
          stroke: var(--line);
          stroke-dasharray: 2 4;
        }

        .chart .goal {
          stroke: var(--doubt);
          stroke-width: 1.5;
          stroke-dasharray: 5 4;
        }

        /* Readable also where the line of prices runs behind it. */
        .chart .goal-text {
          fill: var(--doubt);
          font-weight: 600;
          stroke: var(--card);
          stroke-width: 4;
          stroke-linejoin: round;
          paint-order: stroke;
        }

        .chart .doubted {
          fill: var(--card);
          stroke: var(--doubt-mark);
          stroke-width: 2.5;
        }

        .chart .latest {
          fill: var(--accent);
          stroke: var(--card);
          stroke-width: 2;
        }

        .legend {
          display: flex;
          flex-wrap: wrap;
          gap: var(--s1) var(--s4);
          margin: var(--s2) 0 0;
          padding: 0;
          list-style: none;
          color: var(--soft);
          font-size: var(--tiny);
        }

        .legend li {
          display: flex;
          align-items: center;
          gap: var(--s2);
        }

        .key {
          width: 0.875rem;
          height: 0.875rem;
        }

        .key.doubted {
          border: 2.5px solid var(--doubt-mark);
          border-radius: 50%;
        }

        .key.foreign {
          border: 1px dashed var(--line);
        }

        .key.gap {
          background: var(--quiet-wash);
          border: 1px solid var(--line);
        }

        .product-head,
        .headline {
          display: flex;
          align-items: center;
          gap: var(--s4);
        }

        .product-head {
          align-items: flex-start;
          gap: var(--s5);
          margin-bottom: var(--s5);
        }

        .product-title {
          min-width: 0;
        }

        .headline p {
          margin: 0;
        }

        .headline .name {
          font-weight: 600;
          overflow-wrap: anywhere;
        }

        .product-head .picture {
          width: 7rem;
          height: 7rem;
        }

        .product-head .picture.none {
          font-size: 2.5rem;
        }

        .big-price {
          margin: var(--s2) 0;
          font-size: 2rem;
          font-weight: 650;
          line-height: 1.2;
          letter-spacing: -0.02em;
          font-variant-numeric: tabular-nums;
        }

        .big-price.none {
          color: var(--soft);
          font-size: 1.375rem;
        }

        .big-price .change {
          font-size: 1rem;
          letter-spacing: 0;
        }

        .list-price {
          color: var(--soft);
          font-size: 1.0625rem;
          font-weight: 400;
          letter-spacing: 0;
        }

        .marks {
          margin: var(--s2) 0 0;
        }

        .marks + p {
          margin-top: var(--s3);
        }

        .tiles {
          display: grid;
          grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
          gap: 1px;
          margin: 0 0 var(--s4);
          background: var(--line);
          border: 1px solid var(--line);
          border-radius: var(--radius);
          overflow: hidden;
        }

        .tiles > div {
          padding: var(--s3) var(--s4);
          background: var(--card);
        }

        .tiles dt {
          color: var(--soft);
          font-size: var(--tiny);
        }

        .tiles dd {
          margin: 0;
          font-size: 1.0625rem;
          font-weight: 600;
          font-variant-numeric: tabular-nums;
        }

        .tiles .sub {
          display: block;
          font-weight: 400;
        }

        .state {
          margin-bottom: var(--s4);
          padding-left: var(--s3);
          border-left: 3px solid var(--edge);
          font-size: var(--small);
        }

        .state strong {
          display: block;
          font-size: 1rem;
        }

        .state.waiting {
          border-color: var(--doubt-mark);
        }

        .state.reached {
          border-color: var(--good);
        }

        .state.reached strong {
          color: var(--good);
        }

        .doubt-card {
          border-color: var(--doubt-mark);
        }

        .kinds {
          display: grid;
          grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr));
          gap: var(--s4);
          margin: 0;
          padding: 0;
          list-style: none;
        }

        .kind {
          display: grid;
          align-content: start;
          gap: var(--s1);
          height: 100%;
          color: var(--ink);
          text-decoration: none;
        }

        .kind:hover {
          border-color: var(--accent);
        }

        .welcome {
          max-width: 40rem;
          margin: var(--s5) auto;
          text-align: center;
        }

        .welcome .card {
          text-align: left;
        }

        .welcome h1 {
          font-size: 1.875rem;
        }

        .welcome-picture {
          width: min(100%, 17rem);
          height: auto;
          margin-bottom: var(--s4);
        }

        .welcome-grid {
          stroke: var(--line);
        }

        .welcome-line {
          fill: none;
          stroke: var(--accent);
          stroke-width: 3;
          stroke-linejoin: round;
          stroke-linecap: round;
        }

        .welcome-goal {
          stroke: var(--doubt-mark);
          stroke-width: 1.5;
          stroke-dasharray: 5 5;
        }

        .welcome-dot {
          fill: var(--doubt-mark);
        }

        .product-columns {
          display: grid;
          grid-template-columns: minmax(0, 1fr);
          gap: var(--s4);
        }

        /* The forms stand beside the chart where there is room; on the phone they follow it. */
        @media (min-width: 60rem) {
          .product-columns {
            grid-template:
              "charts side" auto
              "details side" 1fr / minmax(0, 1fr) 20rem;
          }

          .column-charts {
            grid-area: charts;
          }

          .column-side {
            grid-area: side;
          }

          .column-details {
            grid-area: details;
          }
        }

        @media (max-width: 40rem) {
          .chart.wide {
            display: none;
          }

          .chart.narrow {
            display: block;
          }

          .product-head {
            gap: var(--s4);
          }

          .product-head .picture {
            width: 4.5rem;
            height: 4.5rem;
          }

          .product-head h1 {
            font-size: 1.25rem;
          }

          .big-price {
            font-size: 1.75rem;
          }

          .tiles {
            grid-template-columns: 1fr 1fr;
          }
        }

        .alert-head {
          margin-bottom: var(--s1);
        }

        .alerts .actions {
          margin-top: var(--s2);
          gap: var(--s2);
        }

        button.small,
        .button.small {
          padding: var(--s1) var(--s3);
          font-size: 0.9rem;
        }

        .doubt .question {
          margin: 0 0 var(--s1);
          font-size: 1.35rem;
          font-weight: 650;
          line-height: 1.3;
        }

        .section > .slim {
          margin: 0;
        }

        .below {
          margin-top: var(--s3);
        }

        .shops li {
          display: flex;
          flex-wrap: wrap;
          align-items: baseline;
          justify-content: space-between;
          gap: var(--s1) var(--s4);
          padding-block: var(--s3);
          border-top: 1px solid var(--line);
        }

        .shops li:first-child {
          border-top: 0;
          padding-top: 0;
        }

        .shops li:last-child {
          padding-bottom: 0;
        }

        .shops .sub {
          display: block;
        }

        .shop-price {
          display: flex;
          align-items: baseline;
          gap: var(--s4);
        }
        """##,
        "6-channels.css": ##"""
        textarea {
          width: 100%;
          padding: var(--s2) var(--s3);
          border: 1px solid var(--edge);
          border-radius: var(--radius-small);
          background: var(--card);
          color: var(--ink);
          font: inherit;
          resize: vertical;
        }

        textarea::placeholder {
          color: var(--soft);
          opacity: 1;
        }

        .tick {
          display: flex;
          align-items: center;
          gap: var(--s2);
          min-height: var(--touch);
          margin: 0;
          font-weight: 400;
        }

        .tick label {
          margin: 0;
          font-weight: 400;
        }

        .tick input[type="checkbox"] {
          width: 1.25rem;
          min-height: 0;
          height: 1.25rem;
          margin: 0;
          accent-color: var(--accent);
        }

        .wording {
          margin-block: var(--s4);
          padding-bottom: var(--s3);
          border-block: 1px solid var(--line);
        }

        .wording code {
          font-family: var(--mono);
          font-size: var(--small);
        }

        .sample {
          margin-block: 0 var(--s4);
          padding: var(--s3) var(--s4);
          border-radius: var(--radius-small);
          background: var(--well);
          overflow-wrap: anywhere;
        }

        .sample p {
          margin: var(--s1) 0 0;
        }

        .sent {
          display: grid;
          gap: var(--s3);
        }

        .entry {
          margin: 0;
        }

        .entry h3 {
          margin: 0;
          font-size: 1rem;
          overflow-wrap: anywhere;
        }

        .entry > p {
          margin-block: var(--s1);
        }

        /* An alert's value is called what its kind makes of it, where the browser can tell which is chosen */
        .of-price,
        .of-percent,
        .of-amount,
        .of-days {
          display: none;
        }

        @supports selector(:has(a)) {
          .of-any {
            display: none;
          }

          form:has(option[value="target-price"]:checked) .of-price,
          form:has(option[value="drop-percent"]:checked) .of-percent,
          form:has(option[value="drop-amount"]:checked) .of-amount,
          form:has(option[value="lowest"]:checked) .of-days {
            display: inline;
          }

          form:has(option:is([value="lowest-ever"], [value="back-in-stock"], [value="change"]):checked) .alert-value {
            display: none;
          }
        }
        """##,
        "icon.svg": ##"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b6357"/><path
        d="M5 10h8v6h7v6h6" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/><circle
        cx="26" cy="22" r="3.2" fill="#ffd479"/></svg>
        """##,
        "live.js": ##"""
        // Keeps an open page as it is at the server: asks for it again when something may have changed, and changes what differs.
        // Without this file pages are the same, only not by themselves.
        "use strict";

        (() => {
            const main = document.querySelector("main");
            // A page is asked for once in so many milliseconds at most.
            const pause = 1500;
            let tag = null;
            let events = null;
            let timer = null;
            let asked = -Infinity;

            // What a person has typed, chosen or is about to is theirs.
            const isInUse = (element) =>
                element.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")
                || Array.from(element.querySelectorAll("input, select, textarea")).some((field) =>
                    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
                    : field.options ? Array.from(field.options).some((option) => option.defaultSelected && !option.selected)
                    : field.value !== field.defaultValue);

            // Makes `old` like `fresh`, leaving alone what is the same: the focus, what is selected, where the page is scrolled to.
            const change = (old, fresh) => {
                if (old.isEqualNode(fresh)) return;
                const isAlike = old.nodeType === Node.ELEMENT_NODE && old.nodeName === fresh.nodeName
                    && old.childNodes.length === fresh.childNodes.length;
                if (!isAlike) {
                    if (old.nodeType !== Node.ELEMENT_NODE || !isInUse(old)) old.replaceWith(document.importNode(fresh, true));
                    return;
                }
                for (const name of new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()])) {
                    // Whether a part is folded is up to the reader.
                    if (name === "open") continue;
                    if (fresh.hasAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
                    else old.removeAttribute(name);
                }
                const pairs = Array.from(old.childNodes, (child, place) => [child, fresh.childNodes[place]]);
                for (const [child, other] of pairs) change(child, other);
            };

            const ask = async () => {
                timer = null;
                asked = performance.now();
                try {
                    const headers = tag ? { "If-None-Match": tag } : {};
                    const answer = await fetch(location.href, { headers, cache: "no-store", redirect: "error" });
                    if (answer.status !== 200) return;
                    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                    const fresh = page.querySelector("main");
                    if (!fresh) return;
                    tag = answer.headers.get("ETag");
                    document.title = page.title;
                    change(main, fresh);
                } catch {
                    // The server is away, or the person was signed out: the next event, or the next click, will tell.
                }
            };

            const askSoon = () => {
                if (timer === null) timer = setTimeout(ask, Math.max(0, asked + pause - performance.now()));
            };

            // A browser has few connections to one server, so pages that nobody looks at have none.
            const listen = () => {
                if (document.hidden) {
                    events?.close();
                    events = null;
                } else if (events === null || events.readyState === EventSource.CLOSED) {
                    events = new EventSource("/live");
                    // Also after the connection was away: nobody knows what was missed.
                    events.addEventListener("open", askSoon);
                    events.addEventListener("changed", askSoon);
                }
            };

            document.addEventListener("visibilitychange", listen);
            window.addEventListener("pagehide", () => { events?.close(); events = null; });
            window.addEventListener("pageshow", listen);
            listen();
        })();
        """##,
    ]
}
