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
	site := &Site{Outputs: map[string]output.Output{}, Version: "v1"}
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

// Law 10: but for one script tag and the two words of policy, the preview is the build.
func TestPreviewIsTheBuild(t *testing.T) {
	site := example()
	built := page("stages")
	got := bodyOf(t, ask(handlerOf(site), "GET", "/guides/stages.html"))
	want := strings.Replace(built, `<body class="guide">`, `<body class="guide"><script src="/_cairn/reload.js" data-version="v1" defer></script>`, 1)
	want = strings.Replace(want, policy, strings.ReplaceAll(policy, "'", "&#39;")+"; connect-src &#39;self&#39;", 1)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if css := bodyOf(t, ask(handlerOf(site), "GET", "/assets/style.1a2b.css")); css != "body{}" {
		t.Errorf("an asset is changed: %q", css)
	}
}

func TestPrepareFindsItsPlaces(t *testing.T) {
	const script = `<script src="/_cairn/reload.js" data-version="v1" defer></script>`
	for _, test := range []struct{ name, page, want string }{
		{"nothing at all", ``, script},
		{"no body", `<p>x`, `<p>x` + script},
		{"upper case", `<BODY><p>`, `<BODY>` + script + `<p>`},
		{"a greater-than sign in an attribute", `<body title="a>b"><p>`, `<body title="a>b">` + script + `<p>`},
		{"in a comment", `<!-- <body> --><body>x`, `<!-- <body> --><body>` + script + `x`},
		{"in a data block", `<script type="application/json">"<body>"</script><body>x`, `<script type="application/json">"<body>"</script><body>` + script + `x`},
		{"only the first", `<body><body>`, `<body>` + script + `<body>`},
		{"other quotes", `<meta content='a' http-equiv=content-security-policy><body>`,
			`<meta content="a; connect-src &#39;self&#39;" http-equiv=content-security-policy><body>` + script},
		{"a policy that listens already", `<meta http-equiv="Content-Security-Policy" content="connect-src https://x.example; img-src *"><body>`,
			`<meta http-equiv="Content-Security-Policy" content="connect-src &#39;self&#39; https://x.example; img-src *"><body>` + script},
		{"no quotes", `<meta http-equiv=content-security-policy content=a><body>`,
			`<meta http-equiv="Content-Security-Policy" content="a; connect-src &#39;self&#39;"><body>` + script},
	} {
		if got := string(prepare([]byte(test.page), siteOf(), "")); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestFaultsStandOverThePage(t *testing.T) {
	site := example()
	file := diag.NewFile("content/guides/stages.md", []byte("[x](<script>alert(1)</script>)"))
	site.Faults = diag.List{
		diag.At("assessment/a.toml", diag.ExprSyntax, "first by place", ""),
		file.At(4, 12, diag.LinkMissingPage, `no page "<script>"`, "write it so"),
	}
	got := bodyOf(t, ask(handlerOf(site), "GET", "/guides/stages.html"))
	if !strings.Contains(got, `<section class="faults`) || !strings.Contains(got, "<summary>2 errors</summary>") {
		t.Errorf("no list of faults:\n%s", got)
	}
	if strings.Contains(got, "<script>") || strings.Contains(got, "style=") {
		t.Errorf("not escaped, or styled inline:\n%s", got)
	}
	if !strings.Contains(got, "alert(1)&lt;/script&gt;)\n    ^^^^^^^^</code>") || !strings.Contains(got, "write it so") {
		t.Errorf("the page's own fault is not shown in full:\n%s", got)
	}
	if strings.Index(got, "content/guides/stages.md:1:5") > strings.Index(got, "assessment/a.toml") {
		t.Errorf("the page's own faults come first:\n%s", got)
	}
	if !strings.Contains(got, "<p>stages</p>") {
		t.Errorf("the page itself is gone:\n%s", got)
	}
	for i := range 40 {
		site.Faults.Add(diag.At(fmt.Sprintf("content/%02d.md", i), diag.LinkMissingPage, "gone", ""))
	}
	got = bodyOf(t, ask(handlerOf(site), "GET", "/"))
	if strings.Count(got, "<li>") != mostShown || !strings.Contains(got, "30 more stand in the terminal") {
		t.Errorf("the list is not kept small:\n%s", got)
	}
}

func TestNoSiteYet(t *testing.T) {
	for _, site := range []*Site{nil, {Version: "v0", Faults: diag.List{diag.At("config.toml", diag.SiteNoConfig, "no config", "make one")}}} {
		response := ask(handlerOf(site), "GET", "/")
		body := bodyOf(t, response)
		if response.StatusCode != 404 || !strings.Contains(body, "no site to show yet") || !strings.Contains(body, "/_cairn/reload.js") {
			t.Errorf("%d\n%s", response.StatusCode, body)
		}
		if site != nil && !strings.Contains(body, "no config") {
			t.Errorf("it does not say why:\n%s", body)
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
	site := siteOf()
	var handler *Server
	handler = Handler(func() *Site { handler.mu.Lock(); defer handler.mu.Unlock(); return site }, Options{})
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
			if lines.Text() != "" {
				if lines.Text() != want {
					t.Fatalf("got %q, want %q", lines.Text(), want)
				}
				return
			}
		}
		t.Fatalf("the stream ended before %q", want)
	}
	read("data: v1")
	handler.Announce() // the same version: not a word
	handler.mu.Lock()
	site = &Site{Version: "v2\ndata: forged"}
	handler.mu.Unlock()
	handler.Announce()
	read("data: v2 data: forged")

	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("an open stream keeps the server from ending")
	}
}
