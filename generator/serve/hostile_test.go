package serve

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// hostile is sent over a real connection, byte for byte, so that Go's own reading of
// requests is part of the test. Host is localhost:4321 unless a row says otherwise.
// Published attacks on other servers are named beside their row.
var hostile = []struct {
	method, target string
	headers        string // joined by a newline
	status         int
}{
	// Out of the folder, in all the ways there are to write it.
	{"GET", "/../canary.txt", "", 404},
	{"GET", "/../../../../etc/passwd", "", 404},
	{"GET", "/guides/../canary.txt", "", 404},
	{"GET", "/guides/../guides/stages.html", "", 404},
	{"GET", "/./guides/stages.html", "", 404},
	{"GET", "/guides/./stages.html", "", 404},
	{"GET", "/guides/.", "", 404},
	{"GET", "/guides/..", "", 404},
	{"GET", "/..", "", 404},
	{"GET", "/%2e%2e/%2e%2e/etc/passwd", "", 404}, // MkDocs, CVE-2021-40978
	{"GET", "/%2e%2e%2fcanary.txt", "", 404},      // 11ty dev server #150: the refusal itself killed it
	{"GET", "/..%2fcanary.txt", "", 404},
	{"GET", "/..%2Fcanary.txt", "", 404},
	{"GET", "/guides%2fstages.html", "", 404},
	{"GET", "/guides%2Fstages.html", "", 404},
	{"GET", "/%252e%252e/canary.txt", "", 404},
	{"GET", "/..%252fcanary.txt", "", 404},
	{"GET", "/..%c0%afcanary.txt", "", 404}, // overlong UTF-8
	{"GET", "/%c0%ae%c0%ae/canary.txt", "", 404},
	{"GET", "/..%u2215canary.txt", "", 400},
	{"GET", "/.%00./canary.txt", "", 404},
	{"GET", "/....//canary.txt", "", 404},
	{"GET", "/..;/canary.txt", "", 404},
	{"GET", "//canary.txt", "", 404},
	{"GET", "//guides/stages.html", "", 404},
	{"GET", "/guides//stages.html", "", 404},
	{"GET", "///", "", 404},
	{"GET", "//localhost:4321/", "", 404},
	{"GET", "/etc/passwd", "", 404},
	{"GET", "/file:///etc/passwd", "", 404},
	{"GET", "/@fs/etc/passwd", "", 404},            // Vite
	{"GET", "/@fs/etc/passwd?raw??", "", 404},      // Vite, CVE-2025-30208
	{"GET", "/canary.txt?inline&import", "", 404},  // Vite, GHSA-4r4m-qw57-chr8
	{"GET", "/canary.txt?.svg?import", "", 404},    // Vite, CVE-2025-31486
	{"GET", "/#/../canary.txt", "", 404},           // Vite, CVE-2025-32395
	{"GET", "/guides/stages.html/", "", 404},       // a slash after a file
	{"GET", "/guides/stages.html/../x", "", 404},   // a file as folder
	{"GET", "/guides/stages.html%20", "", 404},     // Windows drops it
	{"GET", "/guides/stages.html.", "", 404},       // and this
	{"GET", "/guides/stages.html::$DATA", "", 404}, // NTFS streams
	{"GET", "/GUIDES/STAGES.HTML", "", 404},        // letter case
	{"GET", "/guides/STAGES~1.HTM", "", 404},       // 8.3 names
	{"GET", "/CON", "", 404},                       // devices
	{"GET", "/aux.html", "", 404},
	{"GET", "/..\\canary.txt", "", 404}, // esbuild, GHSA-g7r4-m6w7-qqqr
	{"GET", "/..%5ccanary.txt", "", 404},
	{"GET", "/..%5Ccanary.txt", "", 404},
	{"GET", "/guides\\stages.html", "", 404},
	{"GET", "/C:/Windows/win.ini", "", 404},
	{"GET", "/C:\\Windows\\win.ini", "", 404},
	{"GET", "/\\\\host\\share\\x", "", 404},
	{"GET", "/.git/config", "", 404},
	{"GET", "/.cairn/", "", 404},
	{"GET", "/config.toml", "", 404},
	{"GET", "/content/index.md", "", 404},
	{"GET", "/serve.go", "", 404},

	// Bytes that no address has.
	{"GET", "/%00", "", 404},
	{"GET", "/index.html%00.png", "", 404},
	{"GET", "/guides/stages.html%0d%0aX-Injected: 1", "", 400},
	{"GET", "/guides/%0d%0aX-Injected:%201", "", 404},
	{"GET", "/%", "", 400},
	{"GET", "/%zz", "", 400},
	{"GET", "/\x00", "", 400},
	{"GET", "/\x7f", "", 400},
	{"GET", "/\xff\xfe", "", 404},
	{"GET", "/%ff%fe", "", 404},
	{"GET", "/" + strings.Repeat("a", 8000), "", 404},
	{"GET", "/" + strings.Repeat("../", 2000), "", 404},
	{"GET", "/" + strings.Repeat("%2e%2e/", 1000) + "etc/passwd", "", 404},
	{"GET", "/<script>alert(1)</script>.html", "", 404},
	{"GET", "/%3Cscript%3Ealert(1)%3C/script%3E", "", 404},

	// Targets that are no path.
	{"GET", "*", "", 404},
	{"GET", "index.html", "", 400},
	{"GET", "", "", 400},
	{"GET", "?", "", 400},
	{"GET", "http://evil.example/", "", 403},
	{"GET", "http://localhost:4321/", "", 200}, // as to a proxy; the host is ours
	{"GET", "https://evil.example:4321/guides/stages.html", "", 403},
	{"GET", "file:///etc/passwd", "", 404},
	{"GET", "mailto:x", "", 404},

	// Methods.
	{"POST", "/", "", 405},
	{"PUT", "/index.html", "", 405},
	{"DELETE", "/index.html", "", 405},
	{"PATCH", "/index.html", "", 405},
	{"OPTIONS", "/", "Access-Control-Request-Method: GET", 405},
	{"OPTIONS", "*", "", 405},
	{"TRACE", "/", "", 405},
	{"CONNECT", "localhost:4321", "", 405},
	{"PROPFIND", "/", "", 405},
	{"get", "/", "", 405},
	{"G\x00T", "/", "", 400},
	{"POST", "/_cairn/events", "", 405},
	{"POST", "/", "X-HTTP-Method-Override: GET", 405},

	// Hosts: esbuild's list of forbidden ones, and more.
	{"GET", "/", "Host: localhost:4321", 200},
	{"GET", "/", "Host: LOCALHOST:4321", 200},
	{"GET", "/", "Host: 127.0.0.1:4321", 200},
	{"GET", "/", "Host: [::1]:4321", 200},
	{"GET", "/", "Host: preview.example", 200}, // allowed by an option
	{"GET", "/", "Host: preview.example:8443", 200},
	{"GET", "/", "Host: evil.com", 403},
	{"GET", "/", "Host: evil.com:4321", 403},
	{"GET", "/", "Host: 1.2.3.4", 403},
	{"GET", "/", "Host: 1.2.3.4:4321", 403},
	{"GET", "/", "Host: 0.0.0.0:4321", 403},
	{"GET", "/", "Host: ::1234", 403},
	{"GET", "/", "Host: ::1:4321", 403},
	{"GET", "/", "Host: [::1234]:4321", 403},
	{"GET", "/", "Host: [", 403},
	{"GET", "/", "Host: [::1", 403},
	{"GET", "/", "Host: ", 403},
	{"GET", "/", "Host: localhost", 403}, // port 80 is not ours
	{"GET", "/", "Host: localhost:666", 403},
	{"GET", "/", "Host: localhost:04321", 403},
	{"GET", "/", "Host: localhost:", 403},
	{"GET", "/", "Host: localhost:x", 403},
	{"GET", "/", "Host: localhost.:4321", 403},
	{"GET", "/", "Host: localhost.evil.com:4321", 403},
	{"GET", "/", "Host: evil.com@localhost:4321", 400},
	{"GET", "/", "Host: localhost:4321@evil.com", 400},
	{"GET", "/", "Host: localhost:4321, evil.com", 400},
	{"GET", "/", "Host: 2130706433:4321", 403},
	{"GET", "/", "Host: 0x7f000001:4321", 403},
	{"GET", "/", "Host: 127.1:4321", 403},
	{"GET", "/", "Host: [::ffff:127.0.0.1]:4321", 403},
	{"GET", "/", "Host: xpreview.example", 403},
	{"GET", "/", "Host: preview.example.evil.com", 403},
	{"GET", "/", "Host: localhost:4321\nHost: evil.com", 400},
	{"GET", "/", "Host: evil.com\nX-Forwarded-Host: localhost:4321", 403}, // Hugo #14870
	{"GET", "/", "Host: localhost:4321\nX-Forwarded-Host: evil.com", 200},
	{"GET", "/_cairn/events", "Host: evil.com", 403},

	// Origins.
	{"GET", "/", "Origin: http://localhost:4321", 200},
	{"GET", "/", "Origin: http://evil.example", 403},
	{"GET", "/", "Origin: http://localhost:3000", 403},
	{"GET", "/", "Origin: http://127.0.0.1:4321", 403}, // another origin, even though it is here
	{"GET", "/", "Origin: null", 403},
	{"GET", "/", "Origin: ", 403},
	{"GET", "/", "Origin: http://localhost:4321.evil.example", 403},
	{"GET", "/", "Origin: http://localhost:4321 http://evil.example", 403},
	{"GET", "/", "Origin: http://localhost:4321\nOrigin: http://evil.example", 403},
	{"GET", "/", "Origin: http://1.2.3.4", 403}, // webpack, CVE-2025-30360
	{"GET", "/_cairn/events", "Origin: http://evil.example", 403},
	{"GET", "/_cairn/reload.js", "Origin: null", 403},

	// What a browser says of a request it makes for a page of another origin.
	{"GET", "/", "Sec-Fetch-Site: same-origin", 200},
	{"GET", "/", "Sec-Fetch-Site: none", 200},
	{"GET", "/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: script", 403}, // webpack, CVE-2025-30359
	{"GET", "/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: image", 403},
	{"GET", "/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: cors\nSec-Fetch-Dest: empty", 403},
	{"GET", "/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe", 403},
	{"GET", "/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: object", 403},
	{"GET", "/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: websocket\nSec-Fetch-Dest: websocket\nUpgrade: websocket\nConnection: Upgrade", 403},
	{"GET", "/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document", 200}, // a link somebody follows
	{"GET", "/", "Sec-Fetch-Site: same-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: script", 403},     // another port
	{"GET", "/", "Sec-Fetch-Site: unheard-of", 403},
	{"GET", "/", "Sec-Fetch-Site: same-origin\nSec-Fetch-Site: cross-site", 403},
	{"HEAD", "/", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document", 403},
	{"GET", "/_cairn/events", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document", 403},
	{"GET", "/_cairn/reload.js", "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: script", 403},

	// Ranges and other headers that other servers took at their word.
	{"GET", "/tables/salaries.csv", "Range: bytes=0-0", 206},
	{"GET", "/tables/salaries.csv", "Range: bytes=100-", 416},
	{"GET", "/tables/salaries.csv", "Range: bytes=" + strings.Repeat("0-,", 500) + "0-", 200},
	{"GET", "/", "Range: bytes=0-0", 200},
	{"GET", "/", "X-Original-URL: /canary.txt", 200},
	{"GET", "/", "X-Rewrite-URL: /../canary.txt", 200},
	{"GET", "/", "Accept-Encoding: " + strings.Repeat("gzip,", 2000), 200},
	{"GET", "/", "X-Long: " + strings.Repeat("a", 80<<10), 431},
	{"GET", "/", "Content-Length: -1", 400},
	{"GET", "/", "Transfer-Encoding: chunked, identity", 501},
	{"GET", "/", "Expect: 200-maybe", 417},
}

func TestHostileRequests(t *testing.T) {
	if len(hostile) < 60 {
		t.Fatalf("only %d rows", len(hostile))
	}
	address := serveExample(t)
	for i, row := range hostile {
		headers := row.headers
		if !strings.HasPrefix(headers, "Host:") {
			headers = strings.TrimSuffix("Host: localhost:4321\n"+headers, "\n")
		}
		raw := row.method + " " + row.target + " HTTP/1.1\r\n" + strings.ReplaceAll(headers, "\n", "\r\n") + "\r\nConnection: close\r\n\r\n"
		response, body := sendRaw(t, address, raw)
		if response == nil {
			t.Errorf("row %d: %.80q: no answer", i, raw)
			continue
		}
		if response.StatusCode != row.status {
			t.Errorf("row %d: %.80q\n got %d\nwant %d\n%.300s", i, raw, response.StatusCode, row.status, body)
		}
		if problem := leaks(response.Header, body); problem != "" {
			t.Errorf("row %d: %.80q: %s", i, raw, problem)
		}
	}
	if response, _ := sendRaw(t, address, "GET / HTTP/1.1\r\nHost: localhost:4321\r\nConnection: close\r\n\r\n"); response == nil || response.StatusCode != 200 {
		t.Error("the server did not survive")
	}
}

// leaks says what in an answer must not be there.
func leaks(header http.Header, body string) string {
	for name := range header {
		if strings.HasPrefix(name, "Access-Control-") || name == "X-Injected" || name == "Location" || name == "Set-Cookie" {
			return fmt.Sprintf("header %s: %s", name, header.Get(name))
		}
	}
	for _, secret := range []string{"root:", "package serve", "<script>alert"} {
		if strings.Contains(body, secret) {
			return fmt.Sprintf("the body holds %q", secret)
		}
	}
	return ""
}

// serveExample serves the example on a free port that claims to be 4321.
func serveExample(t testing.TB) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	ctx := t.Context()
	go func() { ended <- Run(ctx, listener, handlerOf(example())) }()
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

func sendRaw(t testing.TB, address, raw string) (*http.Response, string) {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := connection.Write([]byte(raw)); err != nil {
		return nil, ""
	}
	method, _, _ := strings.Cut(raw, " ")
	response, err := http.ReadResponse(bufio.NewReader(connection), &http.Request{Method: method})
	if err != nil {
		return nil, ""
	}
	return response, bodyOf(t, response)
}

// Whatever is asked, only what stands in the manifest comes back, and nothing falls over.
func FuzzRequest(f *testing.F) {
	for _, row := range hostile {
		origin, site := "", ""
		if strings.HasPrefix(row.headers, "Origin: ") {
			origin = strings.TrimPrefix(row.headers, "Origin: ")
		}
		if strings.HasPrefix(row.headers, "Sec-Fetch-Site: ") {
			site = strings.TrimPrefix(row.headers, "Sec-Fetch-Site: ")
		}
		f.Add(row.method, row.target, "localhost:4321", origin, site)
	}
	handler := handlerOf(example())
	f.Fuzz(func(t *testing.T, method, target, host, origin, site string) {
		raw := method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n"
		if origin != "" {
			raw += "Origin: " + origin + "\r\n"
		}
		if site != "" {
			raw += "Sec-Fetch-Site: " + site + "\r\n"
		}
		raw += "\r\n"
		request, err := http.ReadRequest(bufio.NewReader(strings.NewReader(raw)))
		if err != nil || strings.HasPrefix(request.URL.Path, "/_cairn/events") {
			return
		}
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		response := recorder.Result()
		body := bodyOf(t, response)
		if problem := leaks(response.Header, body); problem != "" {
			t.Fatalf("%q: %s", raw, problem)
		}
		if response.StatusCode != 200 {
			return
		}
		key := strings.TrimPrefix(request.URL.Path, "/")
		if key == "" || strings.HasSuffix(key, "/") {
			key += "index.html"
		}
		if _, ok := example().Outputs[key]; !ok && key != "_cairn/reload.js" && key != "_cairn/plain.css" {
			t.Fatalf("%q: 200 for %q, which is no output", raw, key)
		}
		if name, _, _ := splitHost(request.Host); !strings.EqualFold(name, "localhost") && name != "127.0.0.1" && name != "[::1]" && !strings.EqualFold(name, "preview.example") {
			t.Fatalf("%q: 200 for the host %q", raw, request.Host)
		}
	})
}
