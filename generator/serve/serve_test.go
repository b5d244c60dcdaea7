package serve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cairn/generator/diag"
	"cairn/generator/output"
)

const policy = `default-src 'none'; script-src 'self'; style-src 'self'`

func page(text string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
		`<meta http-equiv="Content-Security-Policy" content="` + policy + `">` +
		`<title>` + text + `</title></head><body class="guide"><p>` + text + `</p></body></html>`
}

func made(path string, kind output.Kind, body string) output.Output {
	return output.Output{Path: path, Kind: kind, Source: "content/" + strings.TrimSuffix(path, ".html") + ".md",
		Make: func() ([]byte, error) { return []byte(body), nil }}
}

func siteOf(outputs ...output.Output) *Site {
	site := &Site{Root: "/home/author/site", Outputs: map[string]output.Output{}}
	for _, o := range outputs {
		site.Outputs[o.Path] = o
	}
	return site
}

func example() *Site {
	failing := made("guides/failing.html", output.Page, "")
	failing.Make = func() ([]byte, error) {
		return nil, diag.List{diag.At("content/guides/failing.md", diag.ThemeExecute, "a <b>bold</b> fault", "write it right")}
	}
	full := made("guides/full.html", output.Page, "")
	full.Make = func() ([]byte, error) { return nil, errors.New("no space left <here>") }
	panics := made("guides/panics.html", output.Page, "")
	panics.Make = func() ([]byte, error) { panic("index out of range") }
	return siteOf(
		made("index.html", output.Page, page("home")),
		made("404.html", output.Page, page("not here")),
		made("guides/index.html", output.Page, page("guides")),
		made("guides/stages.html", output.Page, page("stages")),
		failing, full, panics,
		made("assets/style.1a2b.css", output.Asset, "body{}"),
		made("assets/picture.svg", output.Asset, "<svg><script>alert(1)</script></svg>"),
		made("tables/salaries.csv", output.Data, "a,b\n"),
		made("_headers", output.Data, "/*\n"),
	)
}

func ask(handler http.Handler, method, target string, headers ...string) *http.Response {
	request := httptest.NewRequest(method, target, nil)
	request.Host = "localhost:4321"
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			request.Host = headers[i+1]
			continue
		}
		request.Header.Add(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

func bodyOf(t testing.TB, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func handlerOf(site *Site) *Server {
	return Handler(func() *Site { return site }, Options{Port: 4321, AllowHosts: []string{"Preview.Example"}})
}

func TestAnswers(t *testing.T) {
	handler := handlerOf(example())
	for _, test := range []struct {
		target      string
		status      int
		contentType string
		holds       string
	}{
		{"/", 200, "text/html; charset=utf-8", "<p>home</p>"},
		{"/index.html", 200, "text/html; charset=utf-8", "<p>home</p>"},
		{"/guides/", 200, "text/html; charset=utf-8", "<p>guides</p>"},
		{"/guides/stages.html", 200, "text/html; charset=utf-8", "<p>stages</p>"},
		{"/guides/stages.html?print=1", 200, "text/html; charset=utf-8", "<p>stages</p>"},
		{"/guides", 404, "text/html; charset=utf-8", "<p>not here</p>"},
		{"/guides/stages", 404, "text/html; charset=utf-8", "<p>not here</p>"},
		{"/missing.html", 404, "text/html; charset=utf-8", "<p>not here</p>"},
		{"/missing.css", 404, "text/plain; charset=utf-8", "no such page"},
		{"/assets/style.1a2b.css", 200, "text/css; charset=utf-8", "body{}"},
		{"/tables/salaries.csv", 200, "text/csv; charset=utf-8", "a,b\n"},
		{"/_headers", 200, "application/octet-stream", "/*\n"},
		{"/guides/failing.html", 500, "text/html; charset=utf-8", "a &lt;b&gt;bold&lt;/b&gt; fault"},
		{"/guides/full.html", 500, "text/html; charset=utf-8", "no space left &lt;here&gt;"},
		{"/guides/panics.html", 500, "text/html; charset=utf-8", "index out of range"},
		{"/_cairn/reload.js", 200, "text/javascript; charset=utf-8", "EventSource"},
		{"/_cairn/plain.css", 200, "text/css; charset=utf-8", "color-scheme"},
		{"/_cairn/", 404, "text/plain; charset=utf-8", "no such page"},
		{"/_cairn/other", 404, "text/plain; charset=utf-8", "no such page"},
	} {
		response := ask(handler, "GET", test.target)
		body := bodyOf(t, response)
		if response.StatusCode != test.status || response.Header.Get("Content-Type") != test.contentType || !strings.Contains(body, test.holds) {
			t.Errorf("GET %s\n got %d %s\n%s\nwant %d %s with %q", test.target, response.StatusCode, response.Header.Get("Content-Type"), body,
				test.status, test.contentType, test.holds)
		}
	}
}

// script is what a page gets for its bytes.
func script(page string) string {
	return `<script src="/_cairn/reload.js" data-version="` + find([]byte(page)).version([]byte(page)) + `" defer></script>`
}

// Law 10: but for one script tag and the two words of policy, the preview is the build.
func TestPreviewIsTheBuild(t *testing.T) {
	site := example()
	built := page("stages")
	got := bodyOf(t, ask(handlerOf(site), "GET", "/guides/stages.html"))
	want := strings.Replace(built, `<body class="guide">`, `<body class="guide">`+script(built), 1)
	want = strings.Replace(want, policy, policy+"; connect-src 'self'", 1)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if css := bodyOf(t, ask(handlerOf(site), "GET", "/assets/style.1a2b.css")); css != "body{}" {
		t.Errorf("an asset is changed: %q", css)
	}
}

// SCRIPT stands for the script tag.
func TestPrepareFindsItsPlaces(t *testing.T) {
	for _, test := range []struct{ name, page, want string }{
		{"nothing at all", ``, `SCRIPT`},
		{"no body", `<p>x`, `<p>xSCRIPT`},
		{"upper case", `<BODY><p>`, `<BODY>SCRIPT<p>`},
		{"a greater-than sign in an attribute", `<body title="a>b"><p>`, `<body title="a>b">SCRIPT<p>`},
		{"in a comment", `<!-- <body> --><body>x`, `<!-- <body> --><body>SCRIPTx`},
		{"in a data block", `<script type="application/json">"<body>"</script><body>x`, `<script type="application/json">"<body>"</script><body>SCRIPTx`},
		{"only the first", `<body><body>`, `<body>SCRIPT<body>`},
		{"other quotes", `<meta content='a' http-equiv=content-security-policy><body>`,
			`<meta content='a; connect-src &#39;self&#39;' http-equiv=content-security-policy><body>SCRIPT`},
		{"quotes that are written out", `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;"><body>`,
			`<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; connect-src 'self'"><body>SCRIPT`},
		{"a policy that listens already", `<meta http-equiv="Content-Security-Policy" content="connect-src https://x.example; img-src *"><body>`,
			`<meta http-equiv="Content-Security-Policy" content="connect-src 'self' https://x.example; img-src *"><body>SCRIPT`},
		{"no quotes", `<meta http-equiv=content-security-policy content=a><body>`,
			`<meta http-equiv=content-security-policy content=a;connect-src&#32;&#39;self&#39;><body>SCRIPT`},
		{"a policy in the text", `<body><meta http-equiv="Content-Security-Policy" content="a">`, `<body>SCRIPT<meta http-equiv="Content-Security-Policy" content="a">`},
	} {
		want := strings.Replace(test.want, "SCRIPT", script(test.page), 1)
		if got := string(prepare(&answer{body: []byte(test.page), page: true}, nil)); got != want {
			t.Errorf("%s\n got %s\nwant %s", test.name, got, want)
		}
	}
}

// The version of a page is all that a reader sees of it but its style.
func TestVersion(t *testing.T) {
	of := func(page string) string { return find([]byte(page)).version([]byte(page)) }
	const head = `<link rel="icon" href="a.ico"><link href="a.css" rel="x stylesheet"><body>text`
	for name, test := range map[string]struct {
		page string
		same bool
	}{
		"itself":                   {head, true},
		"another style":            {strings.Replace(head, "a.css", "../b/longer.css", 1), true},
		"another text":             {head + "!", false},
		"another icon":             {strings.Replace(head, "a.ico", "b.ico", 1), false},
		"a style more":             {`<link rel="stylesheet" href="b.css">` + head, false},
		"a style's name, moved":    {strings.Replace(strings.Replace(head, "a.css", "", 1), "text", "a.csstext", 1), false},
		"a link in the text":       {head + `<link rel="stylesheet" href="b.css">`, false},
		"a style in other letters": {strings.Replace(head, "rel=\"x", "REL=\"x", 1), false},
	} {
		if got := of(test.page) == of(head); got != test.same {
			t.Errorf("%s: the same version: %v, want %v", name, got, test.same)
		}
	}
}

func TestFaultsStandOverThePage(t *testing.T) {
	site := example()
	file := diag.NewFile("content/guides/stages.md", []byte("[x](<script>alert(1)</script>)"))
	site.Faults = diag.List{
		diag.At("assessment/a.toml", diag.ExprSyntax, "first by place", "").Also("content/b.md", diag.Position{Line: 3, Column: 1}, "the other"),
		file.At(4, 12, diag.LinkMissingPage, `no page "<script>"`, "write it so"),
	}
	site.OfDrafts = diag.List{diag.At("content/draft.md", diag.LinkMissingPage, "gone", "")}
	got := bodyOf(t, ask(handlerOf(site), "GET", "/guides/stages.html"))
	for _, wanted := range []string{
		`<section id="cairn-faults" aria-label="Faults of this site">`, "<summary>2 errors, 1 more in drafts</summary>",
		"<summary><code>content/guides/stages.md</code> <span>1 error</span></summary>", "<b>content/guides/stages.md:1:5</b> error: no page",
		"alert(1)&lt;/script&gt;)\n    ^^^^^^^^</code>", `<p class="hint">write it so</p>`, "<p>content/b.md:3:1: the other</p>",
		"Only in drafts", "<p>stages</p>",
	} {
		if !strings.Contains(got, wanted) {
			t.Errorf("it lacks %s:\n%s", wanted, got)
		}
	}
	if strings.Contains(got, "<script>") || strings.Contains(got, "style=") {
		t.Errorf("not escaped, or styled inline:\n%s", got)
	}
	if strings.Index(got, "content/guides/stages.md") > strings.Index(got, "assessment/a.toml") {
		t.Errorf("the page's own faults come first:\n%s", got)
	}
	for i := range 80 {
		site.Faults.Add(diag.At(fmt.Sprintf("content/%02d.md", i), diag.LinkMissingPage, "gone", ""))
	}
	got = bodyOf(t, ask(handlerOf(site), "GET", "/"))
	if strings.Count(got, `<div class="error">`) != mostShown || !strings.Contains(got, "43 more stand in the terminal") {
		t.Errorf("the list is not kept small:\n%s", got)
	}
}

// A place is a link where an editor is configured, for the browser of this machine alone.
func TestEditor(t *testing.T) {
	site := example()
	site.Faults = diag.List{diag.NewFile("content/a b.md", []byte("x\ny z")).At(4, 5, diag.LinkMissingPage, "gone", ""), diag.At("config.toml", diag.SiteNoConfig, "none", "")}
	options := Options{AllowHosts: []string{"preview.example"}, Editor: func(file string, line, column int) string {
		return fmt.Sprintf("editor://open%s:%d:%d", strings.ReplaceAll(file, " ", "%20"), line, column)
	}}
	handler := Handler(func() *Site { return site }, options)
	for _, test := range []struct {
		host, peer, header string
		linked             bool
	}{
		{"localhost:4321", "127.0.0.1:5", "", true},
		{"[::1]:4321", "[::1]:5", "", true},
		{"localhost:4321", "192.0.2.1:5", "", false},
		{"preview.example", "127.0.0.1:5", "", false},
		{"localhost:4321", "127.0.0.1:5", "X-Forwarded-For", false},
	} {
		for _, target := range []string{"/", "/_cairn/state?/"} {
			request := httptest.NewRequest("GET", target, nil)
			request.Host, request.RemoteAddr = test.host, test.peer
			if test.header != "" {
				request.Header.Set(test.header, "192.0.2.1")
			}
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, request)
			body := recorder.Body.String()
			linked := strings.Contains(body, `<a href="editor://open/home/author/site/content/a%20b.md:2:3">content/a b.md:2:3</a>`) &&
				strings.Contains(body, `<a href="editor://open/home/author/site/config.toml:1:1">config.toml</a>`)
			if linked != test.linked || strings.Contains(body, "/home/author") != test.linked {
				t.Errorf("%s for %+v: linked %v\n%s", target, test, linked, body)
			}
		}
	}
}

// What an open page asks: its version now, its styles, and the faults over it.
func TestState(t *testing.T) {
	site := example()
	styled := strings.Replace(page("styled"), "<title>", `<link rel="stylesheet" href="../assets/style.css?a=1&amp;b=2"><title>`, 1)
	site.Outputs["guides/styled.html"] = made("guides/styled.html", output.Page, styled)
	site.Faults = diag.List{diag.At("content/x.md", diag.LinkMissingPage, "gone <b>", "")}
	handler := handlerOf(site)
	version := find([]byte(styled)).version([]byte(styled))
	got := bodyOf(t, ask(handler, "GET", "/_cairn/state?/guides/styled.html"))
	for _, wanted := range []string{`data-version="` + version + `"`, `<link rel="stylesheet" href="../assets/style.css?a=1&amp;b=2">`, `<section id="cairn-faults"`, "gone &lt;b&gt;"} {
		if !strings.Contains(got, wanted) {
			t.Errorf("it lacks %s:\n%s", wanted, got)
		}
	}
	if sent := bodyOf(t, ask(handler, "GET", "/guides/styled.html")); !strings.Contains(sent, version) {
		t.Errorf("the page was sent with another version:\n%s", sent)
	}
	for target, status := range map[string]int{
		"/_cairn/state?/": 200, "/_cairn/state?/guides/": 200, "/_cairn/state?/gone.html": 200, "/_cairn/state?/guides/failing.html": 200,
		"/_cairn/state?/tables/salaries.csv": 404, "/_cairn/state": 404, "/_cairn/state?": 404, "/_cairn/state?x": 404,
		"/_cairn/state?/../etc/passwd": 200, "/_cairn/state?/a%2fb": 404, "/_cairn/state?/%zz": 404,
	} {
		response := ask(handler, "GET", target)
		if body := bodyOf(t, response); response.StatusCode != status || strings.Contains(body, "root:") {
			t.Errorf("%s: status %d, want %d\n%s", target, response.StatusCode, status, body)
		}
	}
}

func TestNoSiteYet(t *testing.T) {
	for name, test := range map[string]struct {
		site   *Site
		status int
		says   string
	}{
		"none has been made": {nil, 503, "This page reloads when there is something to show"},
		"none can be made":   {&Site{Faults: diag.List{diag.At("config.toml", diag.SiteNoConfig, "no config", "make one")}}, 404, "no config"},
	} {
		handler := Handler(func() *Site { return test.site }, Options{Patience: time.Millisecond})
		response := ask(handler, "GET", "/")
		if body := bodyOf(t, response); response.StatusCode != test.status || !strings.Contains(body, test.says) || !strings.Contains(body, "/_cairn/reload.js") {
			t.Errorf("%s: %d\n%s", name, response.StatusCode, body)
		}
		if response := ask(handler, "GET", "/style.css"); response.StatusCode != test.status || response.Header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%s: for a style: %d %s", name, response.StatusCode, response.Header.Get("Content-Type"))
		}
	}
}

// Who is quicker than the first site gets it all the same.
func TestFirstSiteIsWaitedFor(t *testing.T) {
	var site atomic.Pointer[Site]
	handler := Handler(site.Load, Options{Patience: patience})
	got := make(chan string)
	for range 3 {
		go func() { got <- bodyOf(t, ask(handler, "GET", "/")) }()
	}
	select {
	case body := <-got:
		t.Fatalf("answered before there was a site:\n%s", body)
	case <-time.After(50 * time.Millisecond):
	}
	handler.Announce() // of nothing
	site.Store(example())
	handler.Announce()
	for range 3 {
		if body := <-got; !strings.Contains(body, "<p>home</p>") {
			t.Errorf("got %s", body)
		}
	}
}

func TestHead(t *testing.T) {
	server := httptest.NewServer(Handler(example, Options{}))
	defer server.Close()
	for _, target := range []string{"/", "/missing.html", "/assets/style.1a2b.css", "/_cairn/reload.js", "/_cairn/events"} {
		response, err := http.Head(server.URL + target)
		if err != nil {
			t.Fatal(err)
		}
		if body := bodyOf(t, response); body != "" {
			t.Errorf("HEAD %s has a body: %q", target, body)
		}
	}
}

func TestUntrustedFilesRunNothing(t *testing.T) {
	response := ask(handlerOf(example()), "GET", "/assets/picture.svg")
	if !strings.Contains(response.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("an SVG file from the content may run scripts: %v", response.Header)
	}
}

func TestStream(t *testing.T) {
	handler := handlerOf(example())
	handler.options.Port = 0
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, listener, handler) }()

	response, err := http.Get("http://" + listener.Addr().String() + "/_cairn/events")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("content type %q", got)
	}
	lines := bufio.NewScanner(response.Body)
	read := func(want string) {
		t.Helper()
		for lines.Scan() {
			if lines.Text() != "" && lines.Text() != ":" { // the heart beats when a machine is slow
				if lines.Text() != want {
					t.Fatalf("got %q, want %q", lines.Text(), want)
				}
				return
			}
		}
		t.Fatalf("the stream ended before %q", want)
	}
	read("retry: 500")
	read("data: look") // whoever comes, at once
	for range 3 {
		handler.Announce()
		read("data: look")
	}

	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("an open stream keeps the server from ending")
	}
}
