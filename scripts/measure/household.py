"""A person with listings, made as people make them: by the one-time link and over REST."""
import concurrent.futures, html, http.client, json, re, sys, time, urllib.parse


def account_and_token(program):
    """Makes the first account as a person does, through the one-time link, and a token for it."""
    link = urllib.parse.urlparse(program.verb("user", "invite").strip())
    status, response, page = program.request("GET", link.path)
    if status != 200:
        sys.exit(f"GET {link.path} answered {status}:\n{page[:500]}")
    fields = {}
    for field in re.findall(r'<input type="hidden"[^>]*>', page):
        name, value = (html.unescape(re.search(rf' {part}="([^"]*)"', field)[1]) for part in ("name", "value"))
        fields[name] = value
    fields |= {"name": "bench", "password": "four unrelated words here"}
    cookies = "; ".join(cookie.split(";")[0] for cookie in response.headers.get_all("Set-Cookie") or [])
    status, response, page = program.request("POST", link.path, urllib.parse.urlencode(fields), {
        "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies})
    if status not in (302, 303):
        sys.exit(f"The set-up form was answered with {status}:\n{page[:2000]}")
    session = "; ".join(cookie.split(";")[0] for cookie in response.headers.get_all("Set-Cookie") or [])
    token = program.verb("token", "create", "--account", "bench", "--name", "bench", "--rights", "write").split()[-1]
    return token, session


def add_listings(program, token, urls, interval=1):
    """Gives how many a second; `interval` in seconds is how often each is due."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def add(part):
        connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=60)
        for url in part:
            body = json.dumps({"url": url, "intervalSeconds": interval})
            status, _, text = program.request("POST", "/api/v1/products", body, headers, connection)
            if status not in (200, 201, 202):
                sys.exit(f"POST /api/v1/products {body} answered {status}: {text[:500]}")
        connection.close()

    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(add, [urls[start::4] for start in range(4)]))
    return len(urls) / (time.monotonic() - began)
