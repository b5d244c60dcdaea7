package markdown

import (
	"fmt"
	"strings"
	"unicode"
)

// ids gives each heading an id that is unique on the page.
type ids struct {
	taken map[string]bool
	next  map[string]int
}

func newIDs() *ids { return &ids{taken: map[string]bool{}, next: map[string]int{}} }

// take claims an id that the author wrote. It is false if another has it.
func (s *ids) take(id string) bool {
	if s.taken[id] {
		return false
	}
	s.taken[id] = true
	return true
}

// make returns an id for a heading's text, as GitHub would make it: small letters,
// spaces to hyphens, no punctuation, and -1, -2 behind one that is taken.
func (s *ids) make(text string) string {
	base := slug(text)
	if base == "" {
		base = "section"
	}
	base = SafeID(base)
	if s.take(base) {
		return base
	}
	for n := s.next[base] + 1; ; n++ {
		if id := fmt.Sprintf("%s-%d", base, n); s.take(id) {
			s.next[base] = n
			return id
		}
	}
}

func slug(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return '-'
		case r == '_' || unicode.In(r, unicode.L, unicode.M, unicode.Nd):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(text))
}

// isID tells whether an author may choose this id. It holds no ~, which divides
// the parts of a fragment, and no space.
func isID(id string) bool {
	for i, r := range id {
		letter := unicode.In(r, unicode.L, unicode.Nd) || r == '_'
		if !letter && (i == 0 || !strings.ContainsRune("-.:", r) && !unicode.Is(unicode.M, r)) {
			return false
		}
	}
	return id != "" && len(id) <= 200
}

// SafeID puts s- before an id that would hide a property of the window, the
// document or any object from a script that looks it up by name, or that the
// page's own template uses. Whoever resolves a fragment asks it too, so that
// #performance leads to the heading s-performance.
func SafeID(id string) string {
	if reserved[strings.ToLower(id)] || isNumbered(id) {
		return "s-" + id
	}
	return id
}

// isNumbered tells whether an id is one that citations and footnotes have: s1,
// fn-1, fnref-1, fnref-1-2, fn-1-part.
func isNumbered(id string) bool {
	for _, prefix := range []string{"s", "fn-", "fnref-"} {
		rest, ok := strings.CutPrefix(id, prefix)
		if ok && rest != "" && (strings.Trim(rest, "0123456789-") == "" || prefix != "s" && '0' <= rest[0] && rest[0] <= '9') {
			return true
		}
	}
	return false
}

var reserved = func() map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(reservedNames) {
		set[name] = true
	}
	return set
}()

// reservedNames are in small letters, compared without regard to case. First what
// the templates use, then the properties of Object, Window, Document, Node and
// HTMLFormElement that are a single word.
const reservedNames = `
main q sources faq toc toc-head side-head theme-light theme-dark grade stone-1 stone-2 stone-3 stone-4
__proto__ __definegetter__ __definesetter__ __lookupgetter__ __lookupsetter__ constructor hasownproperty
isprototypeof propertyisenumerable prototype tolocalestring tostring valueof
alert atob blur btoa caches cancelanimationframe captureevents chrome clearinterval cleartimeout clientinformation
close closed confirm console cookiestore createimagebitmap credentialless crossoriginisolated crypto
customelements devicepixelratio document event external fetch find focus frameelement frames fullscreen getcomputedstyle
getselection globalthis history indexeddb infinity innerheight innerwidth isnan isfinite issecurecontext json launchqueue length
localstorage location locationbar map math matchmedia menubar moveby moveto name nan navigation navigator number object
open opener origin originagentcluster outerheight outerwidth pagexoffset pageyoffset parent parsefloat parseint
performance personalbar postmessage print process prompt promise proxy queuemicrotask reflect regexp releaseevents
reporterror requestanimationframe require resizeby resizeto scheduler screen screenleft screentop screenx screeny
scroll scrollbars scrollby scrollto scrollx scrolly self sessionstorage set setinterval settimeout
speechsynthesis status statusbar stop string structuredclone stylemedia symbol this toolbar top trustedtypes undefined
visualviewport weakmap weakset window
activeelement adoptnode alinkcolor all anchors append applets baseuri bgcolor body characterset charset childelementcount
childnodes children clear clonenode compatmode contains contenttype cookie createattribute createcomment createelement
createevent createrange createtextnode currentscript defaultview designmode dir doctype documentelement documenturi
domain elementfrompoint embeds evaluate execcommand exitfullscreen fgcolor firstchild firstelementchild fonts
forms fragmentdirective fullscreenelement getanimations getelementbyid getelementsbyclassname getelementsbyname
getelementsbytagname getrootnode haschildnodes hasfocus head hidden images implementation importnode inputencoding
insertbefore isconnected isequalnode issamenode lastchild lastelementchild lastmodified linkcolor links
nextsibling nodename nodetype nodevalue normalize onclick onload onerror ownerdocument parentelement parentnode
pictureinpictureelement plugins pointerlockelement prepend previoussibling prerendering queryselector queryselectorall readystate
referrer removechild replacechild replacechildren rootelement scripts scrollingelement stylesheets textcontent
timeline title url visibilitystate vlinkcolor write writeln xmlencoding xmlstandalone xmlversion
action acceptcharset attributes autocomplete classlist classname dataset elements encoding enctype id innerhtml
innertext method novalidate onsubmit outerhtml rel relist reset requestsubmit style submit tabindex tagname target
`
