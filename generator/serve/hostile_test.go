package serve

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A hostileRow is a line of testdata/hostile.txt.
type hostileRow struct {
	status         int
	method, target string
	headers        []string
}

func (r hostileRow) String() string {
	return fmt.Sprintf("%.60q %.100q %.200q", r.method, r.target, r.headers)
}

// raw is the request as it is sent, byte for byte, so that Go's own reading of
// requests is part of the test.
func (r hostileRow) raw() string {
	headers := r.headers
	if !slices.ContainsFunc(headers, func(h string) bool { return strings.HasPrefix(h, "Host:") }) {
		headers = append([]string{"Host: localhost:4321"}, headers...)
	}
	return r.method + " " + r.target + " HTTP/1.1\r\n" + strings.Join(headers, "\r\n") + "\r\nConnection: close\r\n\r\n"
}

var repeated = regexp.MustCompile(`\{([^{}*]+)\*(\d+)\}`)

// hostileRows reads the table.
func hostileRows(t testing.TB) []hostileRow {
	t.Helper()
	text, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows []hostileRow
	for number, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		status, rest, _ := strings.Cut(line, " ")
		var row hostileRow
		row.status, err = strconv.Atoi(status)
		var words []string
		for rest = strings.TrimSpace(rest); err == nil && rest != "" && !strings.HasPrefix(rest, "#"); rest = strings.TrimSpace(rest) {
			var quoted, word string
			if quoted, err = strconv.QuotedPrefix(rest); err == nil {
				word, err = strconv.Unquote(quoted)
				rest = rest[len(quoted):]
			}
			words = append(words, repeated.ReplaceAllStringFunc(word, func(short string) string {
				parts := repeated.FindStringSubmatch(short)
				n, _ := strconv.Atoi(parts[2])
				return strings.Repeat(parts[1], n)
			}))
		}
		if err != nil || len(words) < 2 {
			t.Fatalf("testdata/hostile.txt:%d: not a row: %s (%v)", number+1, line, err)
		}
		row.method, row.target, row.headers = words[0], words[1], words[2:]
		rows = append(rows, row)
	}
	return rows
}

func TestHostileRequests(t *testing.T) {
	rows := hostileRows(t)
	if len(rows) < 300 {
		t.Fatalf("only %d rows", len(rows))
	}
	address := serveExample(t)
	allowed := allowedAnswers(t)
	for _, row := range rows {
		response, body := sendRaw(t, address, row.raw())
		if response == nil {
			t.Errorf("%s: no answer", row)
			continue
		}
		if response.StatusCode != row.status {
			t.Errorf("%s\n got %d\nwant %d\n%.300s", row, response.StatusCode, row.status, body)
		}
		if problem := allowed.leaks(response, body); problem != "" {
			t.Errorf("%s: %s", row, problem)
		}
	}
	if response, _ := sendRaw(t, address, "GET / HTTP/1.1\r\nHost: localhost:4321\r\nConnection: close\r\n\r\n"); response == nil || response.StatusCode != 200 {
		t.Error("the server did not survive")
	}
}

// Requests that are no single whole request: each part that can be read is checked
// for itself, and the rest is dropped.
func TestHostileConnections(t *testing.T) {
	address := serveExample(t)
	allowed := allowedAnswers(t)
	const ours = "Host: localhost:4321\r\n"
	for name, test := range map[string]struct {
		raw      string
		statuses []int
	}{
		"no host, as of old":      {"GET / HTTP/1.0\r\n\r\n", []int{403}},
		"no host":                 {"GET / HTTP/1.1\r\n\r\n", []int{400}},
		"no version":              {"GET /\r\n\r\n", []int{400}},
		"another version":         {"GET / HTTP/3.0\r\n" + ours + "\r\n", []int{505}},
		"HTTP/2 without asking":   {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{403}},
		"TLS":                     {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("\x00", 600) + "\n", []int{400}},
		"one after the other":     {"GET / HTTP/1.1\r\n" + ours + "\r\nGET /canary.txt HTTP/1.1\r\nHost: evil.com\r\nConnection: close\r\n\r\n", []int{200, 403}},
		"smuggled in a body":      {"POST / HTTP/1.1\r\n" + ours + "Content-Length: 57\r\n\r\nGET / HTTP/1.1\r\nHost: evil.com\r\nConnection: close\r\n\r\n12345", []int{405}},
		"two lengths of a body":   {"POST / HTTP/1.1\r\n" + ours + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: evil.com\r\n\r\n", []int{405}},
		"a folded header":         {"GET / HTTP/1.1\r\n" + ours + "X: a\r\n b\r\nConnection: close\r\n\r\n", []int{200}},
		"line feeds alone":        {"GET /canary.txt HTTP/1.1\nHost: localhost:4321\nConnection: close\n\n", []int{404}},
		"a space before a colon":  {"GET / HTTP/1.1\r\nHost : localhost:4321\r\n\r\n", []int{400}},
		"cut short":               {"GET / HTTP/1.1\r\nHost: local", nil},
		"nothing but line ends":   {"\r\n\r\n\r\n\r\n", []int{400}},
		"a line that never stops": {"GET /" + strings.Repeat("a", 200<<10), []int{431}},
	} {
		connection, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if err := connection.SetDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		_, _ = connection.Write([]byte(test.raw)) // it may be cut off half-way
		if test.statuses == nil {
			connection.Close()
			continue
		}
		reader := bufio.NewReader(connection)
		var got []int
		for range test.statuses {
			response, err := http.ReadResponse(reader, nil)
			if err != nil {
				break
			}
			body := bodyOf(t, response)
			got = append(got, response.StatusCode)
			if problem := allowed.leaks(response, body); problem != "" {
				t.Errorf("%s: %s", name, problem)
			}
		}
		connection.Close()
		if !slices.Equal(got, test.statuses) {
			t.Errorf("%s: got %v, want %v", name, got, test.statuses)
		}
	}
	if response, _ := sendRaw(t, address, "GET / HTTP/1.1\r\nHost: localhost:4321\r\nConnection: close\r\n\r\n"); response == nil || response.StatusCode != 200 {
		t.Error("the server did not survive")
	}
}

// answers are the bodies that may leave the preview of the example: what is in the
// manifest as it is sent, and the preview's own pages and sentences.
type answers map[string]bool

func allowedAnswers(t testing.TB) answers {
	allowed := answers{"": true}
	handler := handlerOf(example())
	add := func(target string, headers ...string) {
		allowed[bodyOf(t, ask(handler, "GET", target, headers...))] = true
	}
	for key := range example().Outputs {
		add("/" + key)
		add("/_cairn/state?/" + key)
	}
	for _, target := range []string{"/missing", "/missing.css", "/_cairn/state?/missing", "/_cairn/reload.js", "/_cairn/plain.css", "/_cairn/faults.css"} {
		add(target)
	}
	add("/", "Host", "evil.example")
	add("/", "Origin", "null")
	allowed[bodyOf(t, ask(handler, "POST", "/"))] = true
	return allowed
}

// ofLibrary is what net/http says by itself.
var ofLibrary = regexp.MustCompile(`^(4\d\d|50[15]) [A-Za-z -]+(: [a-zA-Z -]+)?$|^(Expectation Failed|invalid range(: failed to overlap)?|Unsupported transfer encoding)?\n?$`)

// leaks says what in an answer must not be there.
func (allowed answers) leaks(response *http.Response, body string) string {
	for name := range response.Header {
		if strings.HasPrefix(name, "Access-Control-") || name == "X-Injected" || name == "Location" || name == "Set-Cookie" {
			return fmt.Sprintf("header %s: %s", name, response.Header.Get(name))
		}
	}
	switch {
	case allowed[body], response.StatusCode >= 400 && ofLibrary.MatchString(body):
		return ""
	case response.StatusCode == http.StatusPartialContent:
		for whole := range allowed {
			if strings.Contains(whole, body) {
				return ""
			}
		}
	}
	return fmt.Sprintf("the body is none that may be sent: %.300q", body)
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
	_, _ = connection.Write([]byte(raw)) // it may be answered, and cut off, half-way
	method, _, _ := strings.Cut(raw, " ")
	response, err := http.ReadResponse(bufio.NewReader(connection), &http.Request{Method: method})
	if err != nil {
		return nil, ""
	}
	return response, bodyOf(t, response)
}

// Whatever is asked, only what stands in the manifest comes back, and nothing falls over.
func FuzzRequest(f *testing.F) {
	for _, row := range hostileRows(f) {
		if raw := row.raw(); len(raw) < 4<<10 {
			f.Add(raw)
		}
	}
	handler := handlerOf(example())
	allowed := allowedAnswers(f)
	outputs := example().Outputs
	f.Fuzz(func(t *testing.T, raw string) {
		request, err := http.ReadRequest(bufio.NewReader(strings.NewReader(raw)))
		if err != nil || request.URL.Path == "/_cairn/events" {
			return
		}
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		response := recorder.Result()
		if strings.HasPrefix(response.Header.Get("Content-Type"), "multipart/byteranges") {
			return // pieces of one output, as its name says
		}
		if problem := allowed.leaks(response, bodyOf(t, response)); problem != "" {
			t.Fatalf("%q: %s", raw, problem)
		}
		if response.StatusCode != 200 {
			return
		}
		key := strings.TrimPrefix(request.URL.Path, "/")
		if key == "" || strings.HasSuffix(key, "/") {
			key += "index.html"
		}
		if _, ok := outputs[key]; !ok && !slices.Contains([]string{"_cairn/reload.js", "_cairn/plain.css", "_cairn/faults.css", "_cairn/state"}, key) {
			t.Fatalf("%q: 200 for %q, which is no output", raw, key)
		}
		if name, _, _ := splitHost(request.Host); !strings.EqualFold(name, "localhost") && name != "127.0.0.1" && name != "[::1]" && !strings.EqualFold(name, "preview.example") {
			t.Fatalf("%q: 200 for the host %q", raw, request.Host)
		}
	})
}

// Law 11: no request path is ever used as a file name. What answers requests has no
// means to open a file; only the watcher has, which sees no request.
func TestAnswersComeFromNoDisk(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if name == "watch.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, imported := range file.Imports {
			switch path, _ := strconv.Unquote(imported.Path.Value); path {
			case "os", "io/fs", "io/ioutil", "path/filepath", "syscall", "cairn/generator/disk":
				t.Errorf("%s imports %s", name, path)
			}
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if of, ok := node.(*ast.SelectorExpr); ok {
				switch of.Sel.Name {
				case "ServeFile", "ServeFileFS", "FileServer", "FileServerFS", "Dir", "ParseFiles", "ParseGlob":
					t.Errorf("%s uses %s", name, of.Sel.Name)
				}
			}
			return true
		})
	}
}
