package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The page on privacy says what the scripts do: planted scripts change it.
func TestPrivacyIsReadFromTheScripts(t *testing.T) {
	got := privacyOf(map[string][]byte{
		"main":    []byte(`localStorage.setItem("cairn-appearance",a)`),
		"privacy": []byte(`localStorage.removeItem("cairn-answers ")`),
		"search":  []byte(`trustedTypes.createPolicy("cairn-search",p)`),
		"own":     []byte("localStorage.a=1;let k='cairn-own '+location.pathname,s=`cairn-steps ${x}`;fetch(\"/count\");document.cookie='a=b';new Worker(u);sessionStorage.a=1"),
	})
	want := privacyView{
		Policy: strings.ReplaceAll(policy, "; ", ";\n"), Keeps: map[string]bool{"cairn-appearance": true, "cairn-own": true, "cairn-steps": true}, Others: []string{"cairn-own"},
		Requests: []string{"fetch"}, Cookies: []string{"cookie"}, Stores: []string{"sessionStorage"}, Workers: []string{"new Worker"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := privacyOf(map[string][]byte{"keep": []byte(`(k,s=()=>window.localStorage)=>{};new Store("cairn-answers "+location.pathname)`)}); !got.Keeps["cairn-answers"] {
		t.Error("answers are kept, and the page does not say so")
	}
	if got := privacyOf(map[string][]byte{"assessment": []byte(`[...copy.querySelectorAll("script")].map(s=>document.head.append(s))`)}); !got.Later {
		t.Error("a script is loaded later, and the page does not say so")
	}
}
