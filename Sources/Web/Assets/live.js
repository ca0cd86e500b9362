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
