package markdown

import "strings"

// A language is what the highlighter needs to know of one: how comments and texts
// begin and end, and which words structure the code.
type language struct {
	// line begins a comment that ends with the line; block begins and ends one that
	// may not. spaced tells that a line comment needs a space or a line's start before it.
	line   []string
	block  [2]string
	spaced bool
	// quotes are the signs around a text on one line, long those of a text that may
	// run over several. raw are quotes in which a backslash is only a backslash.
	quotes, raw string
	long        []string
	words       map[string]bool
	// anyCase: words are words in capitals too (SQL).
	anyCase bool
	shape   shape
}

// A shape is a rule about whole lines, which words cannot say.
type shape int

const (
	noShape shape = iota
	keysShape
	headersShape
	targetsShape
	diffShape
	tagsShape
	jsonShape
)

func words(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

// languages holds every language by every name it has in a fence.
var languages = func() map[string]*language {
	const cLike = ` break case continue default do else for goto if return switch while `
	cFamily := func(more string) *language {
		return &language{line: []string{"//"}, block: [2]string{"/*", "*/"}, quotes: `"'`, words: words(cLike + more)}
	}
	hash := func(more string) *language {
		return &language{line: []string{"#"}, quotes: `"'`, words: words(more)}
	}
	golang := cFamily(`chan const defer fallthrough func go import interface map package range select struct type var true false nil`)
	golang.raw, golang.long = "`", []string{"`"}
	javascript := cFamily(`async await catch class const debugger delete export extends false finally from function import in instanceof
		let new null of static super this throw true try typeof undefined var void with yield
		abstract as declare enum implements interface keyof namespace private protected public readonly type`)
	javascript.long = []string{"`"}
	java := cFamily(`abstract assert boolean byte catch char class double enum extends final finally float implements import instanceof
		int interface long native new null package private protected public record short static super synchronized this throw
		throws transient try var void volatile true false def`)
	java.long = []string{`"""`}
	kotlin := cFamily(`abstract as catch class companion data def enum extends false final finally fun given implicit import in interface
		internal is lazy lateinit match null object open override package private protected public sealed super this throw trait
		true try type val var when with yield`)
	kotlin.long = []string{`"""`}
	c := cFamily(`auto bool char class const constexpr delete double enum explicit extern false float friend inline int long namespace new
		nullptr operator private protected public register short signed sizeof static struct template this throw true try catch
		typedef typename union unsigned using virtual void volatile`)
	csharp := cFamily(`abstract as async await base bool byte catch char class const decimal delegate double enum event false finally float
		foreach in int interface internal is lock long namespace new null object out override params private protected public
		readonly record ref sealed short static string struct this throw true try typeof using var virtual void where yield`)
	rust := cFamily(`as async await const crate dyn enum extern false fn impl in let loop match mod move mut pub ref self Self static struct
		super trait true type unsafe use where`)
	rust.quotes = `"` // an apostrophe begins a lifetime
	swift := cFamily(`actor as async await catch class defer enum extension false fileprivate func guard import in init inout internal is let
		nil open operator override private protocol public repeat self static struct subscript super throw throws true try typealias var where`)
	swift.long = []string{`"""`}
	php := cFamily(`abstract and array as catch class const echo elseif extends final finally fn foreach function global implements
		include interface isset match namespace new null or private protected public readonly require static throw trait true false try use yield`)
	php.line = []string{"//", "#"}
	proto := cFamily(`enum extend import message oneof option optional package repeated required reserved returns rpc service syntax stream
		fragment implements input interface mutation on query scalar schema subscription type union`)
	rego := hash(`as contains default else every false if import in not null package some true with`)
	rego.raw = "`"
	css := &language{block: [2]string{"/*", "*/"}, line: []string{"//"}, spaced: true, quotes: `"'`,
		words: words(`@media @import @layer @supports @font-face @keyframes @container @page @property @use @include @mixin @extend !important`)}
	hcl := cFamily(`resource data variable output locals module provider terraform moved import check in true false null dynamic lifecycle backend`)
	hcl.line, hcl.quotes = []string{"#", "//"}, `"`
	jsonnet := cFamily(`assert error false function import importstr in local null self super tailstrict then true`)
	jsonnet.line = []string{"//", "#"}
	nix := &language{line: []string{"#"}, block: [2]string{"/*", "*/"}, quotes: `"`, long: []string{"''"},
		words: words(`assert else if in inherit let or rec then with true false null`)}
	shell := hash(`if then elif else fi for in while until do done case esac function select return exit local export readonly declare set
		unset source trap shift break continue`)
	shell.spaced, shell.raw, shell.quotes, shell.long = true, "'", `"`, []string{"'", `"`}
	powershell := hash(`begin break catch class continue data do dynamicparam else elseif end enum exit filter finally for foreach from function if
		in param process return switch throw trap try until using while`)
	powershell.block, powershell.anyCase, powershell.raw = [2]string{"<#", "#>"}, true, "'\""
	python := hash(`and as assert async await break case class continue def del elif else except finally for from global if import in is
		lambda load match nonlocal not or pass raise return try while with yield True False None`)
	python.long = []string{`"""`, `'''`}
	ruby := hash(`alias and begin break case class def do else elsif end ensure false for if in include module next nil not or private
		protected public raise redo require require_relative rescue retry return self super then true undef unless until when while yield`)
	ruby.spaced = true
	perl := hash(`my our local sub use package if elsif else unless while until for foreach return last next redo die and or not eq ne lt gt`)
	perl.spaced = true
	lua := &language{line: []string{"--"}, block: [2]string{"--[[", "]]"}, quotes: `"'`,
		words: words(`and break do else elseif end false for function goto if in local nil not or repeat return then true until while`)}
	sql := &language{line: []string{"--"}, block: [2]string{"/*", "*/"}, raw: `'"`, anyCase: true,
		words: words(`add all alter and as asc begin between by case check column commit constraint create cross database default delete desc
			distinct drop else end exists explain foreign from full function grant group having if in index inner insert into is join
			key left like limit not null offset on or order outer over partition primary references returning right rollback row rows
			select set table then transaction trigger union unique update using values view when where with`)}
	promql := hash(`by without on ignoring group_left group_right and or unless offset bool sum avg min max count rate irate increase
		histogram_quantile topk bottomk quantile`)
	docker := hash(`ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR AS`)
	docker.spaced = true
	nginx := hash(`http server location upstream events if return rewrite listen server_name proxy_pass root include`)
	nginx.spaced = true
	yaml := hash(`true false null`)
	yaml.spaced, yaml.shape, yaml.raw, yaml.quotes = true, keysShape, "'", `"`
	toml := hash(`true false`)
	toml.shape, toml.raw, toml.quotes, toml.long = headersShape, "'", `"`, []string{`"""`, `'''`}
	ini := &language{line: []string{"#", ";"}, spaced: true, shape: headersShape}
	makefile := hash(`ifeq ifneq ifdef ifndef else endif include define endef export`)
	makefile.spaced, makefile.shape, makefile.quotes = true, targetsShape, ""
	json := &language{line: []string{"//"}, block: [2]string{"/*", "*/"}, quotes: `"`, shape: jsonShape, words: words(`true false null`)}
	html := &language{block: [2]string{"<!--", "-->"}, shape: tagsShape}

	set := map[string]*language{}
	for _, named := range []struct {
		names string
		is    *language
	}{
		{"go golang", golang},
		{"js javascript jsx mjs ts typescript tsx", javascript},
		{"java groovy", java}, {"kotlin kt scala", kotlin},
		{"c h cpp c++", c}, {"csharp cs c#", csharp},
		{"rust rs", rust}, {"swift", swift}, {"php", php},
		{"proto protobuf graphql", proto}, {"rego", rego},
		{"css scss", css}, {"hcl terraform tf", hcl}, {"jsonnet", jsonnet}, {"nix", nix},
		{"sh bash shell zsh console shell-session", shell}, {"powershell ps1 pwsh", powershell},
		{"python py starlark bazel", python}, {"ruby rb", ruby}, {"perl", perl}, {"lua", lua},
		{"sql postgresql mysql", sql}, {"promql", promql},
		{"docker dockerfile containerfile", docker}, {"nginx", nginx},
		{"yaml yml", yaml}, {"toml", toml}, {"ini properties conf editorconfig", ini},
		{"make makefile", makefile}, {"json json5 jsonc", json},
		{"html xml svg vue svelte", html}, {"diff patch", &language{shape: diffShape}},
	} {
		for name := range strings.FieldsSeq(named.names) {
			set[name] = named.is
		}
	}
	return set
}()
