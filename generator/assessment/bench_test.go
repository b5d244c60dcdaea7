package assessment

import (
	"fmt"
	"strings"
	"testing"

	"cairn/generator/diag"
	"cairn/generator/messages"
)

// large writes an assessment of a given size: eight dimensions of five-level
// questions, twelve context questions, and rules with ladder, mean and number
// conditions.
func large(questions int) string {
	var b strings.Builder
	b.WriteString("id = \"large\"\nversion = 1\ntitle = \"Large\"\n")
	for i := range 5 {
		fmt.Fprintf(&b, "[[level]]\nnumber = %d\nname = \"L\"\n", i)
	}
	for d := range 8 {
		fmt.Fprintf(&b, "[[dimension]]\nid = \"d%d\"\ntitle = \"D\"\n", d)
	}
	context := min(12, questions/3)
	for i := range context {
		switch i % 3 {
		case 0:
			fmt.Fprintf(&b, "[[question]]\nid = \"c%d\"\nkind = \"number\"\ntext = \"How many?\"\nmin = 0\nmax = 500\nstep = 1\n", i)
		case 1:
			fmt.Fprintf(&b, "[[question]]\nid = \"c%d\"\nkind = \"yes-no\"\ntext = \"Is it?\"\n", i)
		case 2:
			fmt.Fprintf(&b, "[[question]]\nid = \"c%d\"\nkind = \"choice\"\ntext = \"Which?\"\noption = [{ id = \"a\", text = \"A\" }, { id = \"b\", text = \"B\" }, { id = \"c\", text = \"C\" }]\n", i)
		}
	}
	for i := range questions - context {
		fmt.Fprintf(&b, "[[question]]\nid = \"q%d\"\ndimension = \"d%d\"\nkind = \"level\"\ntext = \"How?\"\nnot-applicable = %v\n", i, i%8, i%9 == 0)
		if i >= 16 && i%7 == 0 {
			fmt.Fprintf(&b, "ask-when = \"q%d >= 1\"\notherwise = \"0\"\n", i-8)
		}
		b.WriteString("option = [")
		for level := range 5 {
			fmt.Fprintf(&b, "{ level = %d, text = \"Level %d\" }, ", level, level)
		}
		b.WriteString("]\n")
	}
	for i := range 6 {
		fmt.Fprintf(&b, "[[value]]\nid = \"v%d\"\ntitle = \"V\"\ncompute = \"c0 * %d / max(c3, 1) + mean(d%d)\"\n", i, i+1, i)
	}
	for i := range 8 {
		fmt.Fprintf(&b, "[[outcome]]\nid = \"o%d\"\ntitle = \"O\"\n", i)
		if i < 7 {
			fmt.Fprintf(&b, "when = \"(c0 >= %d && c1 || level(d%d) >= %d) && (mean(d%d) < 2.%d || c2 == a) && !(v%d > 40 && c4)\"\n", 200-i*20, i, i%3+2, (i+1)%8, i, i%6)
		}
	}
	for i := range 20 {
		fmt.Fprintf(&b, "[[vote]]\nsource = \"s%d\"\noutcome = \"o%d\"\nwhen = \"c0 >= %d && c0 < %d\"\n", i%5, i%8, i*10, i*10+40)
	}
	for i := range 8 {
		fmt.Fprintf(&b, "[[target]]\ndimension = \"d%d\"\nlevel = 3\nwhen = \"c0 >= 50\"\nown = true\n[[target]]\ndimension = \"d%d\"\nlevel = 2\nown = true\n", i, i)
	}
	for i := range 40 {
		fmt.Fprintf(&b, "[[advice]]\nid = \"a%d\"\ntitle = \"A\"\ndimension = \"d%d\"\n", i, i%8)
		if i < 32 {
			fmt.Fprintf(&b, "step = %d\n", i/8+1)
		} else {
			fmt.Fprintf(&b, "when = \"level(d%d) >= 2 && mean(d%d) < 3.5 && c0 > %d\"\nafter = [\"a%d\"]\n", i%8, (i+3)%8, i*3, i-8)
		}
	}
	return b.String()
}

// sample answers two questions out of three, from low to high.
func sample(m *Model) Answers {
	answers := m.None()
	for i := range m.Questions {
		if i%3 == 2 {
			continue
		}
		choices := m.Questions[i].choices()
		answers[i] = choices[(i*7+3)%len(choices)]
	}
	return answers
}

func benchmark(b *testing.B, run func(m *Model, answers Answers)) {
	for _, size := range []int{30, 60, 200} {
		_, m, list := Load(diag.NewFile("large.toml", []byte(large(size))))
		if m == nil {
			b.Fatal(list)
		}
		answers := sample(m)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run(m, answers)
			}
		})
	}
}

func BenchmarkEvaluate(b *testing.B) {
	benchmark(b, func(m *Model, answers Answers) { m.Evaluate(answers) })
}

func BenchmarkExplain(b *testing.B) {
	benchmark(b, func(m *Model, answers Answers) { m.Explain(m.Evaluate(answers)) })
}

func BenchmarkWhatWouldChange(b *testing.B) {
	benchmark(b, func(m *Model, answers Answers) { m.WhatWouldChange(m.Evaluate(answers)) })
}

func BenchmarkOrder(b *testing.B) {
	benchmark(b, func(m *Model, answers Answers) { m.Order(m.Evaluate(answers)) })
}

func BenchmarkLoad(b *testing.B) {
	for _, size := range []int{30, 60, 200} {
		file := diag.NewFile("large.toml", []byte(large(size)))
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				Load(file)
			}
		})
	}
}

// BenchmarkFile is one file of answers to 60 questions, from its bytes to the printed
// scores: a hundred thousand of them are the command's job.
func BenchmarkFile(b *testing.B) {
	a, m, list := Load(diag.NewFile("large.toml", []byte(large(60))))
	if m == nil {
		b.Fatal(list)
	}
	text := WriteAnswers(m, &AnswersFile{Answers: sample(m)})
	words := NewWords(messages.English(), a, nil)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		answers, list := ReadAnswers(diag.NewFile("answers.json", text), a, m, nil)
		if len(list) > 0 {
			b.Fatal(list)
		}
		r := m.Evaluate(answers.Answers)
		for i := range r.Dimensions {
			_ = words.scoreLine(&r.Dimensions[i])
		}
	}
}
