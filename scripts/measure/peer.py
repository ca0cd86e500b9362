"""Reads pages as a program would that is put together from Python's extruct and price-parser: peer.py LIST.jsonl

Prints one answer a page in the shape of `host extract`. Run by scripts/bench with the packages of its own environment.
"""
import json, pathlib, sys

import extruct
from price_parser import Price
from w3lib.encoding import html_to_unicode

LIST = pathlib.Path(sys.argv[1])


def first(value):
    while isinstance(value, list):
        value = value[0] if value else None
    return value


def objects(value):
    """Every object of a tree, outer ones first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def offer_price(offer):
    text = first(offer.get("price") or offer.get("lowPrice"))
    return (str(text), first(offer.get("priceCurrency"))) if text not in (None, "") else None


def price_and_title(data):
    for syntax in ("json-ld", "microdata"):
        for item in objects(data.get(syntax, [])):
            if "Product" not in str(item.get("@type", "")):
                continue
            for offer in objects(item.get("offers")):
                if found := offer_price(offer):
                    return *found, first(item.get("name"))
    for item in data.get("opengraph", []):
        for name in ("product:price", "og:price"):
            if text := first(item.get(f"{name}:amount")):
                return str(text), first(item.get(f"{name}:currency")), first(item.get("og:title"))
    return None, None, None


def answer(entry):
    body = (LIST.parent / entry["file"]).read_bytes()
    _, text = html_to_unicode(entry.get("contentType"), body)
    try:
        data = extruct.extract(text, base_url=entry.get("url"), uniform=True, errors="ignore",
                               syntaxes=["json-ld", "microdata", "opengraph"])
    except Exception as error:  # whatever a page makes it do is its answer
        print(f"{entry['file']}: {error}", file=sys.stderr)
        data = {}
    text, currency, title = price_and_title(data)
    price = Price.fromstring(text, currency_hint=currency) if text else None
    line = {"file": entry["file"], "outcome": "noPrice", "price": None, "title": title, "availability": "unknown",
            "listPrice": None, "confidence": 0}
    if price and price.amount is not None and (currency or price.currency):
        code = currency or price.currency
        places = 0 if code in ("JPY", "KRW", "CLP", "VND") else 2
        line |= {"outcome": "ok", "confidence": 1,
                 "price": {"minor": int(round(price.amount * 10 ** places)), "currency": code, "text": text}}
    return line


for row in LIST.read_text().splitlines():
    print(json.dumps(answer(json.loads(row))))
