package prove

import (
	"strconv"
	"strings"

	"cairn/generator/assessment"
	"cairn/generator/messages"
)

// A Page is what a page of the site says about a proof, in plain words: nothing of it
// is typed by hand. The words stand in the catalogue, under proof and the subject.
type Page struct {
	// Assessment and Title name it; Version is what the proof is about.
	Assessment, Title string
	Version           int
	// Questions is their number; Profiles that of ways to answer them, with commas.
	Questions int
	Profiles  string
	// Exact: the number of profiles is exact; if not, there are at most so many.
	Exact bool
	// Complete: everything is proved, nothing failed and nothing is undecided.
	Complete bool
	// Lines say what was proved, one sentence each.
	Lines []Line
	// Method says how, in sentences.
	Method []string
}

// A Line is one thing that was to be proved.
type Line struct {
	// State is proved, failed or undecided.
	State string
	Text  string
}

// Page returns what to say about a proof of an assessment, in the words of a catalogue.
func (p *Proof) Page(a *assessment.Assessment, words messages.Catalogue) Page {
	page := Page{
		Assessment: p.Assessment, Title: a.Title, Version: p.Version, Questions: len(a.Questions),
		Profiles: grouped(p.Profiles, words), Exact: !p.AtMost, Complete: true,
	}
	for _, s := range p.Statements {
		if s.All == 0 {
			continue
		}
		line := Line{State: "proved", Text: counted(words, "proof."+string(s.Subject), s.All)}
		switch {
		case s.Failed > 0:
			line = Line{State: "failed", Text: counted(words, "proof."+string(s.Subject)+".failed", s.Failed)}
		case s.Undecided > 0:
			line = Line{State: "undecided", Text: words.Say("proof.undecided", "what", line.Text)}
		}
		page.Complete = page.Complete && line.State == "proved"
		page.Lines = append(page.Lines, line)
	}
	page.Method = p.how(len(a.Questions), words)
	return page
}

// counted says a message that may depend on a number.
func counted(words messages.Catalogue, key string, n int) string {
	if _, always := words[key]; always {
		return words.Say(key, "n", strconv.Itoa(n))
	}
	return words.Count(key, n, strconv.Itoa(n))
}

// how says how it was proved.
func (p *Proof) how(questions int, words messages.Catalogue) []string {
	m := p.Method
	profiles := "proof.how.profiles"
	if p.AtMost {
		profiles = "proof.how.profiles-at-most"
	}
	list := []string{
		words.Say(profiles, "questions", strconv.Itoa(questions), "profiles", grouped(p.Profiles, words)),
		words.Say("proof.how.parts", "lists", strconv.Itoa(m.Components), "steps", strconv.Itoa(m.States), "searches", strconv.Itoa(m.Searches)),
	}
	if m.Boxed > 0 {
		list = append(list, words.Count("proof.how.ranges", m.Boxed, strconv.Itoa(m.Boxed)))
	}
	return append(list, words.Say("proof.how.budget"))
}

// grouped writes a number with a sign between thousands.
func grouped(digits string, words messages.Catalogue) string {
	var b strings.Builder
	for k, digit := range digits {
		if k > 0 && (len(digits)-k)%3 == 0 {
			b.WriteString(words.Say("figure.group"))
		}
		b.WriteRune(digit)
	}
	return b.String()
}
