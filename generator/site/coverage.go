package site

// Coverage says where an assessment leads its readers: each step of each dimension, each
// other advice, each outcome, with its pages.
type Coverage struct {
	Assessment string           `json:"assessment"`
	Title      string           `json:"title"`
	Dimensions []DimensionSteps `json:"dimensions"`
	// Advice that serves no dimension, and the outcomes.
	Advice   []Led `json:"advice"`
	Outcomes []Led `json:"outcomes"`
}

// DimensionSteps are the levels at which a dimension may stand, and what is advised there.
type DimensionSteps struct {
	Dimension string `json:"dimension"`
	Title     string `json:"title"`
	Steps     []Step `json:"steps"`
}

// A Step is what is advised to those who stand at a level; at the top of the ladder, to
// those who have no further level to reach.
type Step struct {
	From   int   `json:"from"`
	Top    bool  `json:"top"`
	Advice []Led `json:"advice"`
}

// Led is an advice or an outcome, and the files of the pages to which it leads.
type Led struct {
	ID    string   `json:"id"`
	Pages []string `json:"pages"`
}

// Covered tells whether every advice that may be given here leads to a page, and there is one.
func (s Step) Covered() bool {
	for _, one := range s.Advice {
		if len(one.Pages) == 0 {
			return false
		}
	}
	return len(s.Advice) > 0
}

// Coverage returns the coverage of each assessment without errors, in order of their files.
func (s *Site) Coverage() []Coverage {
	var list []Coverage
	for _, page := range s.Pages {
		if page.Kind == AssessmentPage && page.Model != nil {
			list = append(list, page.coverage())
		}
	}
	return list
}

func (p *Page) coverage() Coverage {
	a, m := p.Assessment, p.Model
	// Lists are never nil: their JSON is [].
	c := Coverage{Assessment: a.ID, Title: a.Title, Dimensions: []DimensionSteps{}, Advice: []Led{}, Outcomes: []Led{}}
	for d := range a.Dimensions {
		steps := DimensionSteps{Dimension: a.Dimensions[d].ID, Title: a.Dimensions[d].Title, Steps: []Step{}}
		for level := range a.Top() + 1 {
			advice, reached := m.AdviceAt(d, level)
			if !reached {
				continue
			}
			step := Step{From: level, Top: level == a.Top(), Advice: []Led{}}
			for _, i := range advice {
				step.Advice = append(step.Advice, p.led(a.Advice[i].ID, a.Advice[i].Guides))
			}
			steps.Steps = append(steps.Steps, step)
		}
		c.Dimensions = append(c.Dimensions, steps)
	}
	for i := range a.Advice {
		if m.Advice[i].Dimension < 0 {
			c.Advice = append(c.Advice, p.led(a.Advice[i].ID, a.Advice[i].Guides))
		}
	}
	for i := range a.Outcomes {
		c.Outcomes = append(c.Outcomes, p.led(a.Outcomes[i].ID, a.Outcomes[i].Guides))
	}
	return c
}

func (p *Page) led(id string, guides []string) Led {
	led := Led{ID: id, Pages: []string{}}
	for _, guide := range guides {
		if page := p.Guides[guide]; page != nil {
			led.Pages = append(led.Pages, page.File)
		}
	}
	return led
}
