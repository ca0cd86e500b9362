// Written by scripts/embed from the files named below; as long as they are. Do not edit.

/// The page templates.
enum EmbeddedTemplates {
    /// By file name, without the last line end.
    static let all: [String: String] = [
        "account.mustache": ##"""
        {{<layout}}
        {{$content}}
        <h1>Account</h1>
        <p class="sub">{{name}}, since {{since}}.</p>
        <div class="columns">
        <section class="card" aria-labelledby="password-title">
        <h2 id="password-title">Password</h2>
        <form method="post" action="/account/password">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <div class="field">
        <label for="current">The one you have</label>
        <input id="current" name="current" type="password" maxlength="200" required autocomplete="current-password"{{#currentProblem}}
        aria-invalid="true" aria-describedby="current-problem"{{/currentProblem}}>
        {{#currentProblem}}
        <p class="problem" id="current-problem">{{.}}</p>
        {{/currentProblem}}
        </div>
        <div class="field">
        <label for="password">The new one</label>
        <input id="password" name="password" type="password" minlength="10" maxlength="200" required
        autocomplete="new-password" aria-describedby="password-hint{{#passwordProblem}} password-problem{{/passwordProblem}}"
        {{#passwordProblem}} aria-invalid="true"{{/passwordProblem}}>
        <p class="hint" id="password-hint">At least 10 characters. Everywhere else you are signed out.</p>
        {{#passwordProblem}}
        <p class="problem" id="password-problem">{{.}}</p>
        {{/passwordProblem}}
        </div>
        <div class="actions">
        <button class="primary" type="submit">Change the password</button>
        </div>
        </form>
        </section>
        <section class="card" aria-labelledby="tokens-title">
        <h2 id="tokens-title">Keys for scripts</h2>
        <p class="sub">With a key a script can do on the <a href="/api">REST interface</a> what you can do here.</p>
        {{#secret}}
        <div class="caution" role="status">
        <p>This is the new key. It is shown only now:</p>
        <p><code class="breakable">{{.}}</code></p>
        </div>
        {{/secret}}
        {{#hasTokens}}
        <ul class="plain shops">
        {{#tokens}}
        <li>
        <div><strong>{{.name}}</strong><span class="sub">{{.facts}}</span></div>
        <form class="inline" method="post" action="{{.action}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button class="link" type="submit" aria-label="Revoke {{.name}}">Revoke</button>
        </form>
        </li>
        {{/tokens}}
        </ul>
        {{/hasTokens}}
        <form class="apart" method="post" action="/account/tokens">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <div class="field">
        <label for="token-name">What uses it</label>
        <input id="token-name" name="name" value="{{tokenName}}" maxlength="100" required autocomplete="off" placeholder="home assistant"{{#tokenProblem}}
        aria-invalid="true" aria-describedby="token-problem"{{/tokenProblem}}>
        {{#tokenProblem}}
        <p class="problem" id="token-problem">{{.}}</p>
        {{/tokenProblem}}
        </div>
        <fieldset class="choices">
        <legend>It may</legend>
        <label for="may-read"><input type="radio" id="may-read" name="rights" value="read"{{^isWriting}} checked{{/isWriting}}> read</label>
        <label for="may-write"><input type="radio" id="may-write" name="rights" value="write"{{#isWriting}} checked{{/isWriting}}> read and change things</label>
        </fieldset>
        <div class="actions">
        <button type="submit">Make a key</button>
        </div>
        </form>
        </section>
        </div>
        {{/content}}
        {{/layout}}
        """##,
        "add.mustache": ##"""
        {{<layout}}
        {{$content}}
        <p class="crumb"><a href="/">Products</a>{{#joined}} <span aria-hidden="true">›</span> <a href="{{.path}}">{{.name}}</a>{{/joined}}</p>
        <h1>{{#joined}}Add a shop{{/joined}}{{^joined}}Add a product{{/joined}}</h1>
        {{#joined}}
        <p class="lead">Where else is “{{.name}}” sold? The cheapest shop where it can be bought counts.</p>
        {{/joined}}
        <section class="card">
        {{>paste}}
        {{#existing}}
        <p><a class="button" href="{{.}}">Go to the product that watches this address</a></p>
        {{/existing}}
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "alert-fields.mustache": ##"""
        {{#.problem}}
        <p class="problem block" role="alert" id="alert-problem">{{.}}</p>
        {{/.problem}}
        <div class="field">
        <label for="alert-kind">Tell me when it</label>
        <select id="alert-kind" name="kind">
        {{#.kinds}}
        <option value="{{.value}}"{{#.isChosen}} selected{{/.isChosen}}>{{.text}}</option>
        {{/.kinds}}
        </select>
        </div>
        <div class="field alert-value">
        <label for="alert-value"><span class="of-any">Price, percent or days <span class="optional">if it says
        “this”</span></span><span class="of-price">This price</span><span class="of-percent">This many percent</span><span
        class="of-amount">This amount</span><span class="of-days">This many days</span></label>
        <input id="alert-value" name="value" value="{{.value}}" inputmode="decimal" maxlength="30" autocomplete="off">
        </div>
        <div class="row times">
        <div class="field">
        <label for="alert-rest">How often</label>
        <select id="alert-rest" name="coolDown">
        {{#.coolDowns}}
        <option value="{{.value}}"{{#.isChosen}} selected{{/.isChosen}}>{{.text}}</option>
        {{/.coolDowns}}
        </select>
        </div>
        <div class="field">
        <label for="alert-until">Until <span class="optional">optional, by UTC</span></label>
        <input type="date" id="alert-until" name="until" value="{{.until}}">
        </div>
        </div>
        """##,
        "alert-rows.mustache": ##"""
        <ul class="plain alerts">
        {{#alerts}}
        <li>
        <p class="alert-head">{{#.badge}}{{>badge}}{{/.badge}} <strong>{{.sentence}}</strong></p>
        <p class="sub">{{#.product}}<a href="{{.path}}">{{.name}}</a>. {{/.product}}{{.why}}</p>
        <div class="actions">
        {{#.canSnooze}}
        <form class="inline" method="post" action="{{.path}}/snooze">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <input type="hidden" name="from" value="{{.from}}">
        <button class="small" type="submit" name="days" value="1">Snooze a day</button>
        <button class="small" type="submit" name="days" value="7" aria-label="Snooze for a week">a week</button>
        </form>
        {{/.canSnooze}}
        {{#.canWake}}
        <form class="inline" method="post" action="{{.path}}/snooze">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <input type="hidden" name="from" value="{{.from}}">
        <button class="small" type="submit" name="days" value="0">Wake it</button>
        </form>
        {{/.canWake}}
        <a class="button small" href="{{.path}}?from={{.from}}" aria-label="Change: {{.sentence}}">Change</a>
        <form class="inline" method="post" action="{{.path}}/remove">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <input type="hidden" name="from" value="{{.from}}">
        <button class="link" type="submit">Remove</button>
        </form>
        </div>
        </li>
        {{/alerts}}
        </ul>
        """##,
        "alert.mustache": ##"""
        {{<layout}}
        {{$content}}
        {{#alert}}
        <div class="card-head">
        <h1>Alert</h1>
        {{#.badge}}{{>badge}}{{/.badge}}
        </div>
        <p class="lead">{{.sentence}}</p>
        <p class="sub">{{#.product}}<a href="{{.path}}">{{.name}}</a>. {{/.product}}{{.why}}</p>
        {{/alert}}
        <section class="section" aria-labelledby="change-title">
        <h2 id="change-title">Change it</h2>
        <div class="card slim">
        {{#form}}
        <form method="post" action="{{.action}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <input type="hidden" name="from" value="{{from}}">
        {{>alert-fields}}
        <p class="hint">When it waits for something else from now on, it begins anew: what is met already is told at the next check.</p>
        <div class="actions">
        <button class="primary" type="submit">Save the alert</button>
        </div>
        </form>
        {{/form}}
        </div>
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "alerts.mustache": ##"""
        {{<layout}}
        {{$content}}
        <div class="head">
        <h1>Alerts</h1>
        <a class="button" href="#quiet-title">Quiet hours</a>
        </div>
        {{#undelivered}}
        <p class="caution">{{.sentence}} <a href="/channels">See why</a></p>
        {{/undelivered}}
        {{#hasDoubts}}
        <section class="section" aria-labelledby="doubts-title">
        <h2 id="doubts-title">Believe it?</h2>
        <p class="sub">These prices look wrong, so they count for nothing yet: no alert, no low, no average. You decide.</p>
        <div class="stack">
        {{#doubts}}
        <section class="card doubt" aria-label="{{.name}}">
        <p class="sub"><a href="{{.product}}">{{.name}}</a> at {{.shop}}</p>
        <p class="question">{{.question}}</p>
        <p>{{.why}}</p>
        <p class="sub">{{.course}}</p>
        <form class="inline" method="post" action="{{.path}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button class="primary" type="submit" name="answer" value="right">It is right</button>
        <button type="submit" name="answer" value="wrong">It is wrong</button>
        </form>
        <p class="sub"><a href="{{.address}}" rel="noreferrer">See the shop’s page</a></p>
        <details>
        <summary>What it was read from</summary>
        {{>evidence}}
        </details>
        </section>
        {{/doubts}}
        </div>
        </section>
        {{/hasDoubts}}
        <section class="section" aria-labelledby="alerts-title">
        <h2 id="alerts-title">What you are told</h2>
        {{#hasAlerts}}
        <div class="card">
        {{>alert-rows}}
        </div>
        {{/hasAlerts}}
        {{^hasAlerts}}
        <p class="lead">No alert yet. Open a product and say when you want to hear of it.</p>
        {{/hasAlerts}}
        {{#moreAlerts}}
        <p class="sub below">{{.}}</p>
        {{/moreAlerts}}
        <p class="sub below">Checks that keep failing are told too, for each product and for each shop, without an alert.</p>
        </section>
        {{#quiet}}
        <section class="section" aria-labelledby="quiet-title">
        <h2 id="quiet-title">Quiet hours</h2>
        <div class="card slim">
        <p>{{.sentence}}</p>
        <form method="post" action="/quiet-hours">
        <input type="hidden" name="formToken" value="{{formToken}}">
        {{#.hours}}
        {{>hours-fields}}
        {{/.hours}}
        <div class="actions">
        <button class="primary" type="submit">Save the hours</button>
        {{#.isSet}}
        <button type="submit" name="none" value="yes" formnovalidate>Tell me at any time</button>
        {{/.isSet}}
        </div>
        </form>
        </div>
        </section>
        {{/quiet}}
        {{/content}}
        {{/layout}}
        """##,
        "api.mustache": ##"""
        {{<layout}}
        {{$content}}
        <h1>API</h1>
        <p class="lead">Everything the pages do, for programs: JSON at <code>/api/v1</code>. The whole description is the OpenAPI
        document at <a href="/api/openapi.json"><code>/api/openapi.json</code></a>.</p>
        <section class="card" aria-labelledby="token-title">
        <h2 id="token-title">Signing in</h2>
        <p>Programs send a token with each request. Whoever runs this installation makes one with
        <code>host token create</code>.</p>
        <pre tabindex="0"><code>curl -H "Authorization: Bearer $TOKEN" {{origin}}/api/v1/products</code></pre>
        </section>
        <section class="card" aria-labelledby="routes-title">
        <h2 id="routes-title">Requests</h2>
        <table class="cards routes" role="table">
        <thead role="rowgroup">
        <tr role="row">
        <th role="columnheader" scope="col">Request</th>
        <th role="columnheader" scope="col">What it does</th>
        <th role="columnheader" scope="col">Rights</th>
        </tr>
        </thead>
        <tbody role="rowgroup">
        {{#routes}}
        <tr role="row">
        <th role="rowheader" scope="row"><code class="breakable"><span class="verb">{{.method}}</span> {{.path}}</code></th>
        <td role="cell">{{.summary}}</td>
        <td role="cell" data-label="Rights">{{.rights}}</td>
        </tr>
        {{/routes}}
        </tbody>
        </table>
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "badge.mustache": ##"""
        <span class="badge {{.mood}}">{{.text}}</span>
        """##,
        "channel-facts.mustache": ##"""
        <p class="sub">{{.kind}}{{#.lastDelivery}} · last delivered {{>time}}{{/.lastDelivery}}{{#.isWorded}} · in words of your own{{/.isWorded}}</p>
        {{#.problem}}
        <p class="problem block" role="alert">{{.}}</p>
        {{/.problem}}
        {{#.hasOptions}}
        <dl class="facts">
        {{#.options}}
        <div><dt>{{.label}}</dt><dd class="breakable">{{.value}}</dd></div>
        {{/.options}}
        </dl>
        {{/.hasOptions}}
        """##,
        "channel-form.mustache": ##"""
        {{<layout}}
        {{$content}}
        <p class="crumb"><a href="/channels">Channels</a></p>
        <section class="card slim">
        <h1>{{headline}}</h1>
        <p class="lead">{{summary}}</p>
        {{#obstacle}}
        <p class="caution">{{.}}</p>
        {{/obstacle}}
        {{#problem}}
        <p class="problem block" role="alert">{{.}}</p>
        {{/problem}}
        <form method="post" action="{{action}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <div class="field">
        <label for="name">Name</label>
        <input id="name" name="name" value="{{name}}" maxlength="100" required autocomplete="off"{{#nameProblem}}
        aria-invalid="true" aria-describedby="name-problem"{{/nameProblem}}>
        {{#nameProblem}}
        <p class="problem" id="name-problem">{{.}}</p>
        {{/nameProblem}}
        </div>
        {{#fields}}
        <div class="field">
        <label for="{{.key}}">{{.label}}{{#.isOptional}} <span class="optional">optional</span>{{/.isOptional}}</label>
        <input id="{{.key}}" name="option.{{.key}}" type="{{.type}}" value="{{.value}}" maxlength="2000" placeholder="{{#.isKept}}Set; leave empty to keep it{{/.isKept}}{{^.isKept}}{{.example}}{{/.isKept}}"
        autocomplete="{{.autocomplete}}" spellcheck="false"{{#.isRequired}} required{{/.isRequired}}{{#.isMultiple}}
        multiple{{/.isMultiple}} aria-describedby="{{.key}}-hint{{#.problem}} {{key}}-problem{{/.problem}}"{{#.problem}}
        aria-invalid="true"{{/.problem}}>
        {{#.problem}}
        <p class="problem" id="{{key}}-problem">{{.}}</p>
        {{/.problem}}
        <p class="hint" id="{{.key}}-hint">{{.summary}}{{#.standard}} Otherwise: {{.}}.{{/.standard}}</p>
        {{#.canClear}}
        <p class="tick"><input id="clear-{{.key}}" type="checkbox" name="clear.{{.key}}" value="yes"> <label
        for="clear-{{.key}}">Unset it</label></p>
        {{/.canClear}}
        </div>
        {{/fields}}
        {{#wording}}
        <details class="wording"{{#.isOpen}} open{{/.isOpen}}>
        <summary>Wording</summary>
        <p class="hint">How messages about a price are worded. Reports, failing checks and tests keep our words, and so does what
        you leave empty.</p>
        <div class="field">
        <label for="subjectTemplate">Subject <span class="optional">optional</span></label>
        <input id="subjectTemplate" name="subjectTemplate" value="{{.subject}}" maxlength="300" autocomplete="off"
        placeholder="{{.subjectExample}}" spellcheck="false"{{#.subjectProblem}} aria-invalid="true" aria-describedby="subject-problem"{{/.subjectProblem}}>
        {{#.subjectProblem}}
        <p class="problem" id="subject-problem">{{.}}</p>
        {{/.subjectProblem}}
        </div>
        <div class="field">
        <label for="textTemplate">Text <span class="optional">optional</span></label>
        <textarea id="textTemplate" name="textTemplate" rows="5" maxlength="4000" autocomplete="off" spellcheck="false"
        placeholder="{{.textExample}}"{{#.textProblem}} aria-invalid="true" aria-describedby="text-problem"{{/.textProblem}}>{{.text}}</textarea>
        {{#.textProblem}}
        <p class="problem" id="text-problem">{{.}}</p>
        {{/.textProblem}}
        </div>
        <div class="actions">
        <button type="submit" formaction="{{.action}}" formnovalidate>Show what it would say</button>
        </div>
        {{#.preview}}
        <div class="sample" role="status" aria-label="What a message would say">
        <strong>{{.subject}}</strong>
        {{#.lines}}
        <p>{{.}}</p>
        {{/.lines}}
        </div>
        {{/.preview}}
        <dl class="facts">
        {{#.placeholders}}
        <div><dt><code>{{.name}}</code></dt><dd>{{.meaning}}</dd></div>
        {{/.placeholders}}
        </dl>
        </details>
        {{/wording}}
        <div class="actions">
        <button class="primary" type="submit">{{saveText}}</button>
        <a class="button" href="{{back}}">{{backText}}</a>
        </div>
        </form>
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "channel.mustache": ##"""
        {{<layout}}
        {{$content}}
        <p class="crumb"><a href="/channels">Channels</a></p>
        {{#channel}}
        <section class="card" aria-labelledby="channel-title">
        <div class="card-head">
        <h1 id="channel-title">{{.name}}</h1>
        {{#.badge}}{{>badge}}{{/.badge}}
        </div>
        {{>channel-facts}}
        <div class="actions">
        {{#.isKnown}}
        <form class="inline" method="post" action="{{.path}}/test">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <input type="hidden" name="page" value="channel">
        <button type="submit">Send a test</button>
        </form>
        <a class="button" href="{{.path}}/change">Change…</a>
        {{/.isKnown}}
        <a class="danger-link" href="{{.path}}/remove">Remove…</a>
        </div>
        </section>
        {{/channel}}
        <section class="section" aria-labelledby="log-title">
        <h2 id="log-title">Messages</h2>
        {{#isEmpty}}
        <p class="lead">Nothing was sent yet. Tests are not listed.</p>
        {{/isEmpty}}
        <ul class="plain sent">
        {{#messages}}
        <li class="card entry">
        <div class="card-head"><h3>{{.subject}}</h3>{{#.badge}}{{>badge}}{{/.badge}}</div>
        <p class="sub">{{#.at}}{{>time}}{{/.at}}{{#.attempts}} · {{.}}{{/.attempts}}</p>
        {{#.problem}}
        <p class="sub note">{{.}}</p>
        {{/.problem}}
        {{#.again}}
        <form class="inline" method="post" action="{{.}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button type="submit">Send it again</button>
        </form>
        {{/.again}}
        </li>
        {{/messages}}
        </ul>
        {{#hasPages}}
        <nav class="pages" aria-label="Pages of the list">
        <span class="pages-way">{{#newest}}<a class="button" href="{{.}}">Newest</a>{{/newest}}</span>
        <span class="pages-way">{{#older}}<a class="button" href="{{.}}" rel="next">Older</a>{{/older}}</span>
        </nav>
        {{/hasPages}}
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "channels.mustache": ##"""
        {{<layout}}
        {{$content}}
        <h1>Channels</h1>
        <p class="sub">Where you hear of prices and of checks that fail, and where the report goes.</p>
        {{#isEmpty}}
        <p class="caution">You have no channel yet, so nobody would hear of a price. Add one below.</p>
        {{/isEmpty}}
        <div class="stack">
        {{#channels}}
        <section class="card" aria-labelledby="channel-{{.key}}">
        <div class="card-head">
        <h2 id="channel-{{.key}}">{{.name}}</h2>
        {{#.badge}}{{>badge}}{{/.badge}}
        </div>
        {{>channel-facts}}
        <div class="actions">
        {{#.isKnown}}
        <form class="inline" method="post" action="{{.path}}/test">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button type="submit">Send a test</button>
        </form>
        <a class="button" href="{{.path}}/change">Change…</a>
        {{/.isKnown}}
        <a class="button" href="{{.path}}">Messages</a>
        <a class="danger-link" href="{{.path}}/remove">Remove…</a>
        </div>
        </section>
        {{/channels}}
        </div>
        <section class="section" aria-labelledby="kinds-title">
        <h2 id="kinds-title">Add a channel</h2>
        <ul class="kinds">
        {{#kinds}}
        <li><a class="card kind" href="{{.path}}"><strong>{{.title}}</strong><span class="sub">{{.summary}}</span></a></li>
        {{/kinds}}
        </ul>
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "chart.mustache": ##"""
        <svg class="chart {{.shape}}" viewBox="0 0 {{.width}} {{.height}}" aria-hidden="true" focusable="false">
        {{#.gaps}}
        <rect class="gap" x="{{.x}}" y="{{.y}}" width="{{.width}}" height="{{.height}}"/>
        {{/.gaps}}
        {{#.foreign}}
        <rect class="foreign" x="{{.x}}" y="{{.y}}" width="{{.width}}" height="{{.height}}"/>
        {{/.foreign}}
        {{#.rows}}
        <line class="grid" x1="{{left}}" x2="{{right}}" y1="{{.y}}" y2="{{.y}}"/>
        <text class="tick" x="{{left}}" dx="-8" y="{{.textY}}" text-anchor="end">{{.text}}</text>
        {{/.rows}}
        {{#.columns}}
        <text class="tick" x="{{.x}}" y="{{.textY}}" text-anchor="{{.anchor}}">{{.text}}</text>
        {{/.columns}}
        {{#.areas}}
        <polygon class="area" points="{{.}}"/>
        {{/.areas}}
        {{#.goal}}
        <line class="goal" x1="{{left}}" x2="{{right}}" y1="{{.y}}" y2="{{.y}}"/>
        {{/.goal}}
        {{#.lines}}
        <polyline class="line" points="{{.}}"/>
        {{/.lines}}
        {{#.goal}}
        <text class="goal-text" x="{{.textX}}" y="{{.textY}}" text-anchor="end">{{.text}}</text>
        {{/.goal}}
        {{#.doubts}}
        <circle class="doubted" cx="{{.x}}" cy="{{.y}}" r="5"><title>{{.label}}</title></circle>
        {{/.doubts}}
        {{#.latest}}
        <circle class="latest" cx="{{.x}}" cy="{{.y}}" r="5"><title>{{.label}}</title></circle>
        {{/.latest}}
        </svg>
        """##,
        "confirm.mustache": ##"""
        {{<layout}}
        {{$content}}
        <section class="card slim">
        <h1>{{headline}}</h1>
        <p class="lead">{{sentence}}</p>
        <form class="actions" method="post" action="{{action}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button class="danger" type="submit">{{actionText}}</button>
        <a class="button" href="{{back}}">Keep it</a>
        </form>
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "digest.mustache": ##"""
        {{<layout}}
        {{$content}}
        <div class="card-head">
        <h1>Digest</h1>
        {{#state}}{{>badge}}{{/state}}
        </div>
        <p class="sub">A report of all products that are not paused: what each costs now, and how that moved. They are checked for it
        first.</p>
        {{#rhythm}}
        <p class="lead">It comes {{.}}.</p>
        {{/rhythm}}
        {{^hasChannels}}
        <p class="caution">You have no channel, so a report would reach nobody. <a href="/channels">Add one</a> first.</p>
        {{/hasChannels}}
        {{#isNowhere}}
        <p class="caution">It reaches nobody: the channels that were chosen for it are not there any more. Choose others below.</p>
        {{/isNowhere}}
        <div class="columns">
        <div class="stack">
        <section class="card" aria-labelledby="settings-title">
        <h2 id="settings-title">When it comes</h2>
        {{#problem}}
        <p class="problem block" id="digest-problem" role="alert">{{.}}</p>
        {{/problem}}
        <form method="post" action="/digest">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <fieldset class="choices">
        <legend>By itself</legend>
        <label for="is-on"><input type="checkbox" id="is-on" name="isOn" value="yes"{{#isOn}} checked{{/isOn}}> Send the report at these times</label>
        </fieldset>
        <div class="row times">
        <div class="field">
        <label for="rhythm">How often</label>
        <select id="rhythm" name="rhythm">
        {{#rhythms}}
        <option value="{{.value}}"{{#.isChosen}} selected{{/.isChosen}}>{{.text}}</option>
        {{/rhythms}}
        </select>
        </div>
        <div class="field">
        <label for="time">At</label>
        <input type="time" id="time" name="time" value="{{time}}"{{#wrong}}{{#.time}} aria-invalid="true" aria-describedby="digest-problem"{{/.time}}{{/wrong}}>
        </div>
        <div class="field">
        <label for="weekday">On <span class="optional">once a week</span></label>
        <select id="weekday" name="weekday">
        {{#weekdays}}
        <option value="{{.value}}"{{#.isChosen}} selected{{/.isChosen}}>{{.text}}</option>
        {{/weekdays}}
        </select>
        </div>
        </div>
        <div class="field apart">
        <label for="pattern">Cron pattern <span class="optional">only for “By a cron pattern”</span></label>
        <input id="pattern" name="pattern" value="{{pattern}}" maxlength="200" autocomplete="off" spellcheck="false"
        aria-describedby="pattern-hint{{#wrong}}{{#.pattern}} digest-problem{{/.pattern}}{{/wrong}}"{{#wrong}}{{#.pattern}} aria-invalid="true"{{/.pattern}}{{/wrong}}>
        <p class="hint" id="pattern-hint">Minute, hour, day of month, month, day of week: “0 9 * * MON-FRI” is at nine on workdays.</p>
        </div>
        <div class="field">
        <label for="zone">By the clock of</label>
        <input id="zone" name="zone" value="{{zone}}" maxlength="64" required autocomplete="off" spellcheck="false"
        aria-describedby="zone-hint{{#wrong}}{{#.zone}} digest-problem{{/.zone}}{{/wrong}}"{{#wrong}}{{#.zone}} aria-invalid="true"{{/.zone}}{{/wrong}}>
        <p class="hint" id="zone-hint">A time zone, such as Europe/Berlin or UTC.</p>
        </div>
        {{#hasChannels}}
        <fieldset class="choices">
        <legend>On these channels</legend>
        <label for="all-channels"><input type="checkbox" id="all-channels" name="allChannels" value="yes"{{#isAllChannels}} checked{{/isAllChannels}}> All, also those added later</label>
        {{#channels}}
        <label for="{{.key}}"><input type="checkbox" id="{{.key}}" name="channel-{{.id}}" value="yes"{{#.isChosen}} checked{{/.isChosen}}> {{.name}}</label>
        {{/channels}}
        </fieldset>
        {{/hasChannels}}
        {{^hasChannels}}
        <input type="hidden" name="allChannels" value="yes">
        {{/hasChannels}}
        <div class="actions">
        <button class="primary" type="submit">Save</button>
        </div>
        </form>
        </section>
        </div>
        <div class="stack">
        {{#hasTimes}}
        <section class="card" aria-labelledby="next-title">
        <h2 id="next-title">The next three</h2>
        <ul class="plain messages">
        {{#times}}
        <li>{{.text}} <span class="sub">{{.relative}}</span></li>
        {{/times}}
        </ul>
        </section>
        {{/hasTimes}}
        <section class="card" aria-labelledby="now-title">
        <h2 id="now-title">Now</h2>
        <p class="sub">Look at it before, have it made now, or see whether it arrives.</p>
        {{#nothing}}
        <p class="caution">{{.}}</p>
        {{/nothing}}
        <div class="actions">
        <form class="inline" method="post" action="/digest/preview">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button type="submit">Preview, or send by hand…</button>
        </form>
        {{#hasChannels}}
        <form class="inline" method="post" action="/digest/send">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button type="submit">Check and send now</button>
        </form>
        <form class="inline" method="post" action="/digest/test">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button type="submit">Send a test</button>
        </form>
        {{/hasChannels}}
        </div>
        </section>
        {{#hasRuns}}
        <section class="card" aria-labelledby="runs-title">
        <h2 id="runs-title">Last reports</h2>
        <ul class="plain messages">
        {{#runs}}
        <li>{{#.badge}}{{>badge}}{{/.badge}} <span>{{.cause}}{{#.facts}}: {{.}}{{/.facts}}</span> <span class="sub">{{#.at}}{{>time}}{{/.at}}</span>{{#.progress}}<span class="sub note">{{.text}}</span><progress max="{{.listings}}"
        value="{{.checked}}" aria-label="Checked for the report">{{.text}}</progress>{{/.progress}}{{#.note}}<span
        class="sub note">{{.}}</span>{{/.note}}</li>
        {{/runs}}
        </ul>
        </section>
        {{/hasRuns}}
        </div>
        </div>
        {{/content}}
        {{/layout}}
        """##,
        "error.mustache": ##"""
        {{<layout}}
        {{$content}}
        <section class="card slim center">
        <p class="code" aria-hidden="true">{{code}}</p>
        <h1>{{headline}}</h1>
        <p class="lead">{{sentence}}</p>
        {{#reference}}<p class="sub">In the log: request.id={{.}}</p>
        {{/reference}}<p><a class="button" href="{{back}}">{{backText}}</a></p>
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "evidence.mustache": ##"""
        <table class="cards evidence" role="table">
        <thead role="rowgroup">
        <tr role="row">
        <th role="columnheader" scope="col">What</th>
        <th role="columnheader" scope="col">Read as</th>
        <th role="columnheader" scope="col">As it stood there</th>
        <th role="columnheader" scope="col">Where</th>
        <th role="columnheader" scope="col">Trust</th>
        </tr>
        </thead>
        <tbody role="rowgroup">
        {{#evidence}}
        <tr role="row">
        <th role="rowheader" scope="row">{{.field}}</th>
        <td role="cell" class="strong">{{.value}}</td>
        <td role="cell" data-label="As it stood there"><q class="breakable">{{.text}}</q></td>
        <td role="cell" data-label="Where"><span class="strategy">{{.strategy}}</span> <code
        class="breakable">{{.path}}</code></td>
        <td role="cell"><span class="sure {{.level}}">{{.sure}}</span></td>
        </tr>
        {{/evidence}}
        </tbody>
        </table>
        """##,
        "hours-fields.mustache": ##"""
        {{#.problem}}
        <p class="problem block" id="{{.id}}" role="alert">{{.sentence}}</p>
        {{/.problem}}
        <fieldset class="days">
        <legend>Beginning on these days</legend>
        {{#.days}}
        <label for="{{.id}}"><input type="checkbox" id="{{.id}}" name="day-{{.word}}"
        value="yes"{{#.isChosen}} checked{{/.isChosen}}> {{.name}}</label>
        {{/.days}}
        </fieldset>
        <div class="row times">
        <div class="field">
        <label for="from-{{.key}}">From</label>
        <input type="time" id="from-{{.key}}" name="from" value="{{.from}}" required>
        </div>
        <div class="field">
        <label for="to-{{.key}}">Until</label>
        <input type="time" id="to-{{.key}}" name="to" value="{{.to}}" required aria-describedby="to-hint-{{.key}}">
        </div>
        </div>
        <p class="hint" id="to-hint-{{.key}}">An end that is not later than the begin is on the next day.</p>
        <div class="field">
        <label for="zone-{{.key}}">By the clock of</label>
        <input id="zone-{{.key}}" name="zone" value="{{.zone}}" maxlength="64" required autocomplete="off" spellcheck="false"
        aria-describedby="zone-hint-{{.key}}{{#.problem}} {{.id}}{{/.problem}}"{{#.isZoneWrong}} aria-invalid="true"{{/.isZoneWrong}}>
        <p class="hint" id="zone-hint-{{.key}}">A time zone, such as Europe/Berlin or UTC.</p>
        </div>
        """##,
        "layout.mustache": ##"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        {{#frame.refresh}}
        <meta http-equiv="refresh" content="{{.}}">
        {{/frame.refresh}}
        <title>{{frame.title}} · Price monitor</title>
        <link rel="stylesheet" href="{{frame.stylesheet}}">
        {{#frame.live}}
        <script src="{{.}}" defer></script>
        {{/frame.live}}
        <link rel="icon" type="image/svg+xml" href="{{frame.icon}}">
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top">
        <div class="top-inner">
        <a class="brand" href="/"><svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path class="brand-line"
        d="M3 7h6v5h5v5h7"/><circle class="brand-dot" cx="21" cy="17" r="2.5"/></svg><span>Price monitor</span></a>
        {{#frame.account}}
        <nav class="menu" aria-label="Main">
        <a href="/"{{#frame.isProducts}} aria-current="page"{{/frame.isProducts}}>Products</a>
        <a href="/alerts"{{#frame.isAlerts}} aria-current="page"{{/frame.isAlerts}}>Alerts</a>
        <a href="/channels"{{#frame.isChannels}} aria-current="page"{{/frame.isChannels}}>Channels</a>
        <a href="/digest"{{#frame.isDigest}} aria-current="page"{{/frame.isDigest}}>Digest</a>
        </nav>
        <form class="leave" method="post" action="/sign-out">
        <input type="hidden" name="formToken" value="{{.formToken}}">
        <a class="who" href="/account"{{#frame.isAccount}} aria-current="page"{{/frame.isAccount}}>{{.name}}</a>
        <button class="link" type="submit">Sign out</button>
        </form>
        {{/frame.account}}
        </div>
        </header>
        <main id="content" tabindex="-1">
        {{#frame.notice}}
        <p class="notice" role="status">{{.}}</p>
        {{/frame.notice}}
        {{$content}}{{/content}}
        </main>
        <footer class="foot">
        <p>Price monitor {{frame.version}} · <a href="/api">API</a>{{#frame.account}} · <a href="/queue">Queue</a>{{/frame.account}}</p>
        </footer>
        </body>
        </html>
        """##,
        "listing-chart.mustache": ##"""
        <section class="card" aria-labelledby="history-{{.key}}">
        <div class="card-head">
        <h2 id="history-{{.key}}">Price at {{.shop}}</h2>
        <a class="sub" href="{{.address}}" rel="noreferrer noopener">Open in the shop</a>
        </div>
        {{#.isChecking}}
        <p class="caution" role="status">The shop is being looked at right now.</p>
        {{/.isChecking}}
        {{#.trouble}}
        <div class="caution">
        <p><strong>{{.badge}}.</strong> {{.happened}}</p>
        {{#.course}}
        <p>{{.}}</p>
        {{/.course}}
        <p>{{.advice}}{{#.told}} {{.}}{{/.told}}</p>
        </div>
        {{/.trouble}}
        {{#.hasCharts}}
        <figure class="figure">
        {{#.charts}}
        {{>chart}}
        {{/.charts}}
        <figcaption class="sub">{{.chartWords}}</figcaption>
        </figure>
        {{#.hasLegend}}
        <ul class="legend">
        {{#.hasDoubtMarks}}
        <li><span class="key doubted" aria-hidden="true"></span>Doubted reading, does not count</li>
        {{/.hasDoubtMarks}}
        {{#.hasGaps}}
        <li><span class="key gap" aria-hidden="true"></span>Could not be bought</li>
        {{/.hasGaps}}
        {{#.hasForeign}}
        <li><span class="key foreign" aria-hidden="true"></span>Sold in another currency</li>
        {{/.hasForeign}}
        </ul>
        {{/.hasLegend}}
        {{/.hasCharts}}
        {{^.hasCharts}}
        <p class="sub">{{.chartWords}}</p>
        {{/.hasCharts}}
        </section>
        """##,
        "listing-details.mustache": ##"""
        {{#.hasDoubts}}
        <section class="card doubt-card" aria-labelledby="doubts-{{.key}}">
        <h2 id="doubts-{{.key}}">Doubted readings{{.where}}</h2>
        <p class="sub">They count for nothing, neither for the lowest price nor for your target, until a second look agrees or <a href="/alerts">you say that they are right</a>.</p>
        <ul class="plain">
        {{#.doubts}}
        <li><strong>{{.price}}</strong> <span class="sub">{{#.at}}{{>time}}{{/.at}}{{#.standing}} · {{.}}{{/.standing}}</span><br>{{.why}}</li>
        {{/.doubts}}
        </ul>
        </section>
        {{/.hasDoubts}}
        {{#.hasEvidence}}
        <section class="card" aria-labelledby="evidence-{{.key}}">
        <h2 id="evidence-{{.key}}">Why this price{{.where}}</h2>
        <p class="sub">{{.evidenceWords}}</p>
        {{>evidence}}
        </section>
        {{/.hasEvidence}}
        {{#.hasRuns}}
        <section class="card" aria-labelledby="runs-{{.key}}">
        <h2 id="runs-{{.key}}">Changes{{.where}}</h2>
        <table class="cards runs" role="table">
        <thead role="rowgroup">
        <tr role="row">
        <th role="columnheader" scope="col">Since</th>
        <th role="columnheader" scope="col" class="number">Price</th>
        <th role="columnheader" scope="col">Availability</th>
        <th role="columnheader" scope="col">Standing</th>
        </tr>
        </thead>
        <tbody role="rowgroup">
        {{#.runs}}
        <tr role="row">
        <th role="rowheader" scope="row"><time datetime="{{.from.iso}}">{{.from.readable}}</time><span class="sub">{{.checks}}</span></th>
        <td role="cell" class="number strong">{{.price}}{{#.change}}<span class="change {{.mood}}">{{.text}}<span
        class="aside"> {{.words}}</span></span>{{/.change}}</td>
        <td role="cell">{{.availability}}</td>
        <td role="cell">{{#.standing}}{{>badge}}{{/.standing}}</td>
        </tr>
        {{/.runs}}
        </tbody>
        </table>
        {{#.moreRuns}}
        <p class="sub">{{.}}</p>
        {{/.moreRuns}}
        </section>
        {{/.hasRuns}}
        <section class="card" aria-labelledby="log-{{.key}}">
        <h2 id="log-{{.key}}">Check log{{.where}}</h2>
        {{#.hasChecks}}
        <table class="cards log" role="table">
        <thead role="rowgroup">
        <tr role="row">
        <th role="columnheader" scope="col">When</th>
        <th role="columnheader" scope="col">Result</th>
        <th role="columnheader" scope="col" class="number">Price</th>
        <th role="columnheader" scope="col">Answer</th>
        </tr>
        </thead>
        <tbody role="rowgroup">
        {{#.checks}}
        <tr role="row">
        <th role="rowheader" scope="row">{{#.at}}{{>time}}{{/.at}}</th>
        <td role="cell">{{#.badge}}{{>badge}}{{/.badge}}{{#.note}}<span class="sub note">{{.}}</span>{{/.note}}</td>
        <td role="cell" class="number">{{.price}}</td>
        <td role="cell" class="sub">{{.answer}}</td>
        </tr>
        {{/.checks}}
        </tbody>
        </table>
        {{/.hasChecks}}
        {{^.hasChecks}}
        <p class="sub">Nothing yet: the first check is due now.</p>
        {{/.hasChecks}}
        </section>
        """##,
        "manual-report.mustache": ##"""
        {{<layout}}
        {{$content}}
        <p class="crumb"><a href="/digest">Digest</a></p>
        <h1>Report by hand</h1>
        <p class="sub">This is what the report says now; no shop was asked for it. For 15 minutes exactly this can be sent.</p>
        <section class="card slim" aria-labelledby="send-title">
        <h2 id="send-title">Send it</h2>
        {{#problem}}
        <p class="problem block" id="report-problem" role="alert">{{.}}</p>
        {{/problem}}
        {{#canSend}}
        <form method="post" action="{{action}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <div class="field">
        <label for="recipients">To</label>
        <input id="recipients" name="recipients" value="{{recipients}}" maxlength="1000" required autocomplete="email" inputmode="email"
        aria-describedby="recipients-hint{{#problem}} report-problem{{/problem}}">
        <p class="hint" id="recipients-hint">One to {{mostAtOnce}} addresses separated by commas; none sees the others. {{allowance}}</p>
        </div>
        <div class="actions">
        <button class="primary" type="submit">Send this report</button>
        </div>
        </form>
        {{/canSend}}
        {{#obstacle}}
        <p class="caution">{{.}} The digest goes to any channel without one.</p>
        {{/obstacle}}
        {{#wait}}
        <p class="caution">Another report can be sent in {{.}}.</p>
        {{/wait}}
        </section>
        <section class="section" aria-labelledby="mail-title">
        <h2 id="mail-title">{{subject}}</h2>
        <iframe class="mail" title="The report as a mail" src="{{document}}" sandbox=""></iframe>
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "paste.mustache": ##"""
        <form class="paste" method="post" action="/products/previews">
        <input type="hidden" name="formToken" value="{{formToken}}">
        {{#joined}}
        <input type="hidden" name="product" value="{{.id}}">
        {{/joined}}
        <label for="address">Address of a product page</label>
        <div class="paste-row">
        <input id="address" name="address" type="text" value="{{address}}" inputmode="url" required maxlength="4096"
        placeholder="https://shop.example/lamp" autocomplete="off" spellcheck="false" aria-describedby="address-hint{{#problem}}
        address-problem{{/problem}}"{{#problem}} aria-invalid="true"{{/problem}}>
        <button class="primary" type="submit">Look at it</button>
        </div>
        {{#problem}}
        <p class="problem" id="address-problem">{{.}}</p>
        {{/problem}}
        <p class="hint" id="address-hint">You see what was read from the page, and why, before anything is saved.</p>
        </form>
        """##,
        "picture.mustache": ##"""
        {{#.image}}<img class="picture" src="{{.}}" alt="" loading="lazy" referrerpolicy="no-referrer">{{/.image}}
        {{^.image}}<span class="picture none" aria-hidden="true">{{.initial}}</span>{{/.image}}
        """##,
        "preview.mustache": ##"""
        {{<layout}}
        {{$content}}
        <p class="crumb"><a href="/">Products</a> <span aria-hidden="true">›</span> {{#joined}}<a href="{{.path}}">{{.name}}</a>
        <span aria-hidden="true">›</span> {{/joined}}<a href="{{again}}">Add</a></p>
        <h1>What the page says</h1>
        {{#problem}}
        <p class="problem block" role="alert">{{.}}{{#existing}} <a href="{{.}}">Go to that product.</a>{{/existing}}</p>
        {{/problem}}
        <div class="columns">
        <section class="card" aria-label="What was read">
        <div class="headline">
        {{>picture}}
        <div>
        <p class="sub"><a href="{{address}}" rel="noreferrer noopener">{{shop}}</a></p>
        <p class="name">{{name}}</p>
        </div>
        </div>
        {{#price}}
        <p class="big-price">{{.}}{{#listPrice}} <s class="list-price"><span class="aside">List price </span>{{.}}</s>{{/listPrice}}</p>
        {{/price}}
        <p class="marks">{{#badge}}{{>badge}}{{/badge}}{{#sure}} <span class="sure {{sureLevel}}">{{.}}</span>{{/sure}}</p>
        {{#canSave}}
        <dl class="facts">
        <div><dt>Availability</dt><dd>{{availability}}</dd></div>
        {{#source}}
        <div><dt>Price read from</dt><dd>{{.}}</dd></div>
        {{/source}}
        <div><dt>The shop</dt><dd>{{status}} in {{took}}</dd></div>
        {{#redirected}}
        <div><dt>Led on to</dt><dd class="breakable">{{.}}</dd></div>
        {{/redirected}}
        </dl>
        {{/canSave}}
        {{#cannotSave}}
        <p>{{happened}} {{#remark}}{{.}}{{/remark}}</p>
        <p>{{advice}}</p>
        <p class="sub">{{shop}}: {{status}}, {{took}}.{{#redirected}} It led on to <span
        class="breakable">{{.}}</span>.{{/redirected}}</p>
        <p class="actions"><a class="button primary" href="{{again}}">Try another address</a></p>
        {{/cannotSave}}
        </section>
        {{#canSave}}
        <section class="card" aria-labelledby="save-title">
        <h2 id="save-title">Watch it{{#joined}} as a shop of “{{.name}}”{{/joined}}</h2>
        {{#doubt}}
        <p class="caution">{{.}}</p>
        {{/doubt}}
        {{#remark}}
        <p class="caution">{{.}}</p>
        {{/remark}}
        <form method="post" action="{{action}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        {{#joined}}
        <input type="hidden" name="product" value="{{.id}}">
        {{/joined}}
        {{^joined}}
        <div class="field">
        <label for="name">Name</label>
        <input id="name" name="name" value="{{name}}" maxlength="300" required autocomplete="off"{{#nameProblem}}
        aria-invalid="true" aria-describedby="name-problem"{{/nameProblem}}>
        {{#nameProblem}}
        <p class="problem" id="name-problem">{{.}}</p>
        {{/nameProblem}}
        </div>
        <div class="field">
        <label for="target">Tell me at this price or below <span class="optional">optional</span></label>
        <div class="with-unit">
        <input id="target" name="target" value="{{target}}" inputmode="decimal" maxlength="30" autocomplete="off"
        aria-describedby="target-hint{{#targetProblem}} target-problem{{/targetProblem}}"{{#targetProblem}}
        aria-invalid="true"{{/targetProblem}}>
        {{#currency}}
        <span class="unit">{{.}}</span>
        {{/currency}}
        </div>
        <p class="hint" id="target-hint">Leave it empty to watch only. You can set it later.</p>
        {{#targetProblem}}
        <p class="problem" id="target-problem">{{.}}</p>
        {{/targetProblem}}
        </div>
        {{/joined}}
        <div class="field">
        <label for="interval">Check</label>
        <select id="interval" name="interval">
        {{#intervals}}
        <option value="{{.value}}"{{#isChosen}} selected{{/isChosen}}>{{.text}}</option>
        {{/intervals}}
        </select>
        </div>
        <div class="actions">
        <button class="primary" type="submit">Save and watch</button>
        <a class="button" href="{{#joined}}{{.path}}{{/joined}}{{^joined}}/{{/joined}}">Do not save</a>
        </div>
        </form>
        </section>
        {{/canSave}}
        </div>
        {{#hasEvidence}}
        <section class="card" aria-labelledby="evidence-title">
        <h2 id="evidence-title">Why</h2>
        <p class="sub">Each value, where it stood in the page, and how far it is trusted.</p>
        {{>evidence}}
        </section>
        {{/hasEvidence}}
        {{/content}}
        {{/layout}}
        """##,
        "product.mustache": ##"""
        {{<layout}}
        {{$content}}
        <p class="crumb"><a href="/">Products</a></p>
        <header class="product-head">
        {{>picture}}
        <div class="product-title">
        <h1>{{name}}</h1>
        {{#price}}
        <p class="big-price">{{.}}{{#listPrice}} <s class="list-price"><span class="aside">List price </span>{{.}}</s>{{/listPrice}}
        {{#change}} <span class="change {{.mood}}">{{.text}}<span class="aside"> {{.words}}</span></span>{{/change}}</p>
        {{/price}}
        {{^price}}
        <p class="big-price none">{{noPrice}}</p>
        {{/price}}
        <p class="marks">{{#badge}}{{>badge}}{{/badge}} <span class="sub">{{situation}}</span></p>
        </div>
        </header>
        {{#hasFacts}}
        <dl class="tiles">
        {{#facts}}
        <div><dt>{{.label}}</dt><dd>{{.value}}{{#.detail}}<span class="sub">{{.}}</span>{{/.detail}}</dd></div>
        {{/facts}}
        </dl>
        {{/hasFacts}}
        <div class="product-columns">
        <div class="column-charts">
        {{#hasShops}}
        <section class="card" aria-labelledby="shops-title">
        <h2 id="shops-title">Shops</h2>
        <ul class="plain shops">
        {{#shops}}
        <li>
        <div><a href="{{.place}}"><strong>{{.shop}}</strong></a> {{#.badge}}{{>badge}}{{/.badge}}<span class="sub">{{.situation}}</span></div>
        <div class="shop-price">{{#.price}}<strong>{{.}}</strong>{{/.price}}<a class="danger-link" href="{{.remove}}" aria-label="Remove {{.shop}}">Remove…</a></div>
        </li>
        {{/shops}}
        </ul>
        </section>
        {{/hasShops}}
        {{#listings}}
        {{>listing-chart}}
        {{/listings}}
        </div>
        <div class="column-side">
        {{#target}}
        <section class="card" id="target-price" aria-labelledby="target-title">
        <h2 id="target-title">Target price</h2>
        <p class="state {{.mood}}"><strong>{{.headline}}</strong> {{.sentence}}</p>
        {{#.silent}}
        <p class="caution">{{.sentence}} <a href="/channels">{{.link}}</a></p>
        {{/.silent}}
        <form method="post" action="{{path}}/target">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <div class="field">
        <label for="target">Tell me at this price or below</label>
        <div class="with-unit">
        <input id="target" name="target" value="{{.entry}}" inputmode="decimal" maxlength="30" autocomplete="off"
        aria-describedby="target-hint{{#.problem}} target-problem{{/.problem}}"{{#.problem}} aria-invalid="true"{{/.problem}}>
        {{#.currency}}
        <span class="unit">{{.}}</span>
        {{/.currency}}
        </div>
        {{#.problem}}
        <p class="problem" id="target-problem">{{.}}</p>
        {{/.problem}}
        <p class="hint" id="target-hint">{{.hint}}</p>
        </div>
        <button class="primary" type="submit">{{.buttonText}}</button>
        </form>
        </section>
        {{/target}}
        <section class="card" id="alerts" aria-labelledby="alerts-title">
        <h2 id="alerts-title">Alerts</h2>
        {{#hasAlerts}}
        {{>alert-rows}}
        {{/hasAlerts}}
        {{#alertForm}}
        <details{{#.isOpen}} open{{/.isOpen}}>
        <summary>Tell me when something else happens</summary>
        <form method="post" action="{{.action}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        {{>alert-fields}}
        <div class="actions">
        <button type="submit">Add the alert</button>
        </div>
        </form>
        </details>
        {{/alertForm}}
        </section>
        {{#listings}}
        <section class="card" aria-labelledby="checks-{{.key}}">
        <h2 id="checks-{{.key}}">Checks{{.where}}</h2>
        <p class="sub">{{.schedule}}</p>
        <form class="inline" method="post" action="{{.path}}/check">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button type="submit"{{#.isChecking}} disabled{{/.isChecking}}>{{#.isChecking}}Checking…{{/.isChecking}}{{^.isChecking}}Check
        now{{/.isChecking}}</button>
        </form>
        <form class="inline" method="post" action="{{.path}}/paused">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <input type="hidden" name="paused" value="{{#.isPaused}}no{{/.isPaused}}{{^.isPaused}}yes{{/.isPaused}}">
        <button type="submit">{{#.isPaused}}Resume{{/.isPaused}}{{^.isPaused}}Pause{{/.isPaused}}</button>
        </form>
        <form class="row" method="post" action="{{.path}}/interval">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <div class="field">
        <label for="interval-{{.key}}">Look at the shop</label>
        <select id="interval-{{.key}}" name="interval">
        {{#.intervals}}
        <option value="{{.value}}"{{#.isChosen}} selected{{/.isChosen}}>{{.text}}</option>
        {{/.intervals}}
        </select>
        </div>
        <button type="submit">Save</button>
        </form>
        {{#.window}}
        <details{{#.isOpen}} open{{/.isOpen}}>
        <summary>{{#.isSet}}Change the check times{{/.isSet}}{{^.isSet}}Check only at certain times{{/.isSet}}</summary>
        <form method="post" action="{{.action}}">
        <input type="hidden" name="formToken" value="{{formToken}}">
        {{#.hours}}
        {{>hours-fields}}
        {{/.hours}}
        <div class="actions">
        <button type="submit">Save the times</button>
        {{#.isSet}}
        <button type="submit" name="always" value="yes" formnovalidate>Check at any time</button>
        {{/.isSet}}
        </div>
        </form>
        </details>
        {{/.window}}
        </section>
        {{/listings}}
        </div>
        <div class="column-details">
        {{#listings}}
        {{>listing-details}}
        {{/listings}}
        <section class="card" aria-labelledby="name-title">
        <h2 id="name-title">Name</h2>
        <form class="row" method="post" action="{{path}}/name">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <div class="field">
        <label for="name">What you call it</label>
        <input id="name" name="name" value="{{nameEntry}}" maxlength="300" required autocomplete="off"{{#nameProblem}}
        aria-invalid="true" aria-describedby="name-problem"{{/nameProblem}}>
        {{#nameProblem}}
        <p class="problem" id="name-problem">{{.}}</p>
        {{/nameProblem}}
        </div>
        <button type="submit">Rename</button>
        </form>
        <p class="apart actions"><a class="button" href="/products/new?product={{id}}">Add another shop…</a>
        <a class="danger-link" href="{{path}}/remove">Remove this product…</a></p>
        </section>
        </div>
        </div>
        {{/content}}
        {{/layout}}
        """##,
        "products.mustache": ##"""
        {{<layout}}
        {{$content}}
        {{#isEmpty}}
        <section class="welcome">
        <svg class="welcome-picture" viewBox="0 0 240 90" aria-hidden="true"><path class="welcome-grid"
        d="M0 15h240M0 45h240M0 75h240"/><path class="welcome-line" d="M6 22h54v16h46v-10h40v34h50v10h34"/><path
        class="welcome-goal" d="M0 62h240"/><circle class="welcome-dot" cx="230" cy="72" r="6"/></svg>
        <h1>What are you waiting to buy?</h1>
        <p class="lead">Paste the address of a product’s page. You will see what it costs, how its price moves, and hear of it
        when it gets as cheap as you want.</p>
        <div class="card">
        {{>paste}}
        </div>
        </section>
        {{/isEmpty}}
        {{^isEmpty}}
        <div class="head">
        <div>
        <h1>Products</h1>
        <p class="sub">{{summary}}</p>
        </div>
        <a class="button primary" href="/products/new">Add a product</a>
        </div>
        {{#undelivered}}
        <p class="caution">{{.sentence}} <a href="/channels">See why</a></p>
        {{/undelivered}}
        {{#doubts}}
        <p class="caution">{{.}} <a href="/alerts">Believe it or not?</a></p>
        {{/doubts}}
        {{#failing}}
        <p class="caution"><strong>{{.headline}}</strong> {{.sentence}} {{.advice}}</p>
        {{/failing}}
        {{#paging}}
        <form class="find" method="get" action="/" role="search">
        <div class="find-words"><label for="search">Find</label><input id="search" name="search" type="search" value="{{.search}}"
        maxlength="200" placeholder="Name or address" autocomplete="off" spellcheck="false"></div>
        <div><label for="sort">Order</label><select id="sort" name="sort">{{#.orders}}
        <option value="{{.value}}"{{#.isChosen}} selected{{/.isChosen}}>{{.text}}</option>{{/.orders}}
        </select></div>
        <div><label for="filter">Show</label><select id="filter" name="filter">{{#.filters}}
        <option value="{{.value}}"{{#.isChosen}} selected{{/.isChosen}}>{{.text}}</option>{{/.filters}}
        </select></div>
        <button type="submit">Show</button>
        {{#.all}}<a class="find-all" href="{{.}}">All products</a>{{/.all}}
        </form>
        {{/paging}}
        {{#nothing}}
        <p class="card center">{{.}}</p>
        {{/nothing}}
        {{^nothing}}
        <table class="cards products" role="table">
        <thead role="rowgroup">
        <tr role="row">
        <th role="columnheader" scope="col">Product</th>
        <th role="columnheader" scope="col" class="number">Price</th>
        <th role="columnheader" scope="col" class="number">Lowest</th>
        <th role="columnheader" scope="col">Course</th>
        <th role="columnheader" scope="col">Last check</th>
        <th role="columnheader" scope="col">State</th>
        </tr>
        </thead>
        <tbody role="rowgroup">
        {{#products}}
        <tr role="row">
        <th role="rowheader" scope="row" class="c-product"><a class="product-link" href="{{.path}}">{{>picture}}<span
        class="product-words"><span class="product-name">{{.name}}</span><span class="sub">{{.shop}}</span></span></a></th>
        <td role="cell" class="c-price number">{{#price}}<span class="price">{{.}}</span>{{/price}}{{^price}}<span
        class="sub">{{.noPrice}}</span>{{/price}}{{#change}}<span class="change {{.mood}}">{{.text}}<span
        class="aside"> {{.words}}</span></span>{{/change}}</td>
        <td role="cell" class="c-lowest number">{{#lowest}}<span class="phone-label">Lowest </span>{{.}}{{/lowest}}{{#target}}<span
        class="sub">Target {{.}}</span>{{/target}}</td>
        <td role="cell" class="c-course">{{#course}}<svg class="spark" viewBox="0 0 120 36" role="img"
        aria-label="{{.label}}">{{#stretches}}<polyline points="{{.}}"/>{{/stretches}}<circle cx="{{.lastX}}" cy="{{.lastY}}"
        r="3"/></svg>{{/course}}</td>
        <td role="cell" class="c-check sub">{{#lastCheck}}<span class="phone-label">Checked </span>{{>time}}{{/lastCheck}}{{^lastCheck}}Not
        checked yet{{/lastCheck}}</td>
        <td role="cell" class="c-state">{{#badge}}{{>badge}}{{/badge}}{{#since}}<span class="sub">{{.}}</span>{{/since}}</td>
        </tr>
        {{/products}}
        </tbody>
        </table>
        {{/nothing}}
        {{#paging}}
        {{#.pages}}
        <nav class="pages" aria-label="Pages of the list">
        <span class="pages-way">{{#.previous}}<a class="button" href="{{.}}" rel="prev">Previous</a>{{/.previous}}</span>
        <span class="sub">{{.range}}</span>
        <span class="pages-way">{{#.next}}<a class="button" href="{{.}}" rel="next">Next</a>{{/.next}}</span>
        </nav>
        {{/.pages}}
        {{/paging}}
        {{/isEmpty}}
        {{/content}}
        {{/layout}}
        """##,
        "queue.mustache": ##"""
        {{<layout}}
        {{$content}}
        <h1>Queue</h1>
        <p class="sub">What this installation has to do, does, and gave up.</p>
        {{#paused}}
        <p class="caution">The queue is paused since {{>time}}: nothing is checked and nothing is delivered until it is resumed.</p>
        <form class="inline" method="post" action="/queue/resume">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button type="submit">Resume</button>
        </form>
        {{/paused}}
        <nav class="tabs" aria-label="States">
        {{#states}}
        <a href="{{.path}}"{{#.isChosen}} aria-current="true"{{/.isChosen}}>{{.text}} <span class="tab-count">{{.count}}</span></a>
        {{/states}}
        </nav>
        {{#nothing}}
        <p class="lead">{{.}}</p>
        {{/nothing}}
        {{#others}}
        <p class="sub">{{.}}</p>
        {{/others}}
        <div class="stack">
        {{#jobs}}
        <section class="card job" aria-label="{{.what}}">
        <h2>{{.what}}</h2>
        <p class="sub breakable">{{.id}}</p>
        <p class="sub">{{.facts}}{{#.due}} · due {{>time}}{{/.due}}{{#.ended}} · given up {{>time}}{{/.ended}}</p>
        {{#.problem}}
        <p class="problem block">{{.}}</p>
        {{/.problem}}
        {{#.canRemove}}
        <div class="actions">
        {{#.canRetry}}
        <form class="inline" method="post" action="/queue/retry">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <input type="hidden" name="job" value="{{.id}}">
        <button type="submit">Try again</button>
        </form>
        {{/.canRetry}}
        <form class="inline" method="post" action="/queue/remove">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <input type="hidden" name="job" value="{{.id}}">
        <input type="hidden" name="state" value="{{.state}}">
        <button class="link" type="submit">Remove</button>
        </form>
        </div>
        {{/.canRemove}}
        </section>
        {{/jobs}}
        </div>
        {{#pages}}
        <nav class="pages" aria-label="Pages of the list">
        <span class="pages-way">{{#.previous}}<a class="button" href="{{.}}" rel="prev">Previous</a>{{/.previous}}</span>
        <span class="sub">{{.range}}</span>
        <span class="pages-way">{{#.next}}<a class="button" href="{{.}}" rel="next">Next</a>{{/.next}}</span>
        </nav>
        {{/pages}}
        {{#hasSchedules}}
        <section class="section" aria-labelledby="schedules-title">
        <h2 id="schedules-title">Again and again</h2>
        <dl class="facts">
        {{#schedules}}
        <div><dt>{{#.next}}{{>time}}{{/.next}}{{^.next}}no next time{{/.next}}</dt><dd>{{.what}}</dd></div>
        {{/schedules}}
        </dl>
        </section>
        {{/hasSchedules}}
        {{^paused}}
        <form class="section" method="post" action="/queue/pause">
        <input type="hidden" name="formToken" value="{{formToken}}">
        <button class="link" type="submit">Pause the queue for everybody</button>
        </form>
        {{/paused}}
        {{/content}}
        {{/layout}}
        """##,
        "setup.mustache": ##"""
        {{<layout}}
        {{$content}}
        <section class="card slim">
        {{#isOpen}}
        <h1>Welcome</h1>
        <p class="lead">Choose the name and the password you will sign in with. This link works once.</p>
        <form method="post" action="/setup/{{invitation}}">
        <input type="hidden" name="visitorToken" value="{{visitorToken}}">
        <div class="field">
        <label for="name">Name or mail address</label>
        <input id="name" name="name" value="{{name}}" maxlength="254" required autocomplete="username" autocapitalize="none"
        spellcheck="false" autofocus{{#nameProblem}} aria-invalid="true" aria-describedby="name-problem"{{/nameProblem}}>
        {{#nameProblem}}
        <p class="problem" id="name-problem">{{.}}</p>
        {{/nameProblem}}
        </div>
        <div class="field">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" minlength="10" maxlength="200" required
        autocomplete="new-password" aria-describedby="password-hint{{#passwordProblem}} password-problem{{/passwordProblem}}"
        {{#passwordProblem}} aria-invalid="true"{{/passwordProblem}}>
        <p class="hint" id="password-hint">At least 10 characters. A few unrelated words are good and easy to remember.</p>
        {{#passwordProblem}}
        <p class="problem" id="password-problem">{{.}}</p>
        {{/passwordProblem}}
        </div>
        <button class="primary wide" type="submit">Create the account</button>
        </form>
        {{/isOpen}}
        {{^isOpen}}
        <h1>This link has expired</h1>
        <p class="lead">It was used already, or it is older than an hour.</p>
        <p>Whoever runs this installation gets a new one with the command <code>host user invite</code>.</p>
        <p><a class="button" href="/sign-in">Sign in</a></p>
        {{/isOpen}}
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "sign-in.mustache": ##"""
        {{<layout}}
        {{$content}}
        <section class="card slim">
        <h1>Sign in</h1>
        {{#isFirst}}
        <p class="lead">Nobody has an account here yet. Open the one-time link that was printed at the start; the command
        <code>host user invite</code> prints a new one.</p>
        {{/isFirst}}
        {{#problem}}
        <p class="problem block" role="alert">{{.}}</p>
        {{/problem}}
        <form method="post" action="/sign-in">
        <input type="hidden" name="visitorToken" value="{{visitorToken}}">
        <input type="hidden" name="next" value="{{next}}">
        <div class="field">
        <label for="name">Name or mail address</label>
        <input id="name" name="name" value="{{name}}" maxlength="254" required autocomplete="username" autocapitalize="none"
        spellcheck="false" autofocus>
        </div>
        <div class="field">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" maxlength="200" required autocomplete="current-password">
        </div>
        <button class="primary wide" type="submit">Sign in</button>
        </form>
        </section>
        {{/content}}
        {{/layout}}
        """##,
        "time.mustache": ##"""
        <time datetime="{{.iso}}" title="{{.readable}}">{{.relative}}</time>
        """##,
    ]
}
