package generator_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"
)

// feedFaults tells what RFC 4287 asks of a feed and its entries and this one lacks.
func feedFaults(text []byte, leads func(address string) bool) (faults []string) {
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	type entry struct {
		Title   string `xml:"title"`
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Links   []link `xml:"link"`
	}
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		entry
		Author  string  `xml:"author>name"`
		Entries []entry `xml:"entry"`
	}
	if err := xml.Unmarshal(text, &feed); err != nil {
		return []string{err.Error()}
	}
	if feed.Author == "" {
		faults = append(faults, "no author")
	}
	if len(feed.Entries) == 0 {
		faults = append(faults, "no entry")
	}
	ids := map[string]bool{}
	for _, e := range append(feed.Entries, feed.entry) {
		if strings.TrimSpace(e.Title) == "" {
			faults = append(faults, e.ID+" has no title")
		}
		if !strings.HasPrefix(e.ID, "https://") || ids[e.ID] {
			faults = append(faults, e.ID+" is no id of its own")
		}
		ids[e.ID] = true
		if updated, err := time.Parse(time.RFC3339, e.Updated); err != nil {
			faults = append(faults, e.ID+": "+err.Error())
		} else if whole, _ := time.Parse(time.RFC3339, feed.Updated); updated.After(whole) {
			faults = append(faults, e.ID+" is newer than the feed")
		}
		rels := map[string]int{}
		for _, l := range e.Links {
			rels[l.Rel]++
			if !strings.HasPrefix(l.Href, "https://") || !leads(l.Href) {
				faults = append(faults, e.ID+": "+l.Href+" leads nowhere")
			}
		}
		if rels["alternate"] != 1 {
			faults = append(faults, e.ID+" leads to no page")
		}
	}
	return faults
}

// sitemapFaults tells what the protocol of site maps asks and this one lacks.
func sitemapFaults(text []byte) (faults []string) {
	var urls struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URL     []struct {
			Loc     string `xml:"loc"`
			Lastmod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(text, &urls); err != nil {
		return []string{err.Error()}
	}
	seen, dated := map[string]bool{}, 0
	for _, u := range urls.URL {
		if u.Loc == "" || seen[u.Loc] {
			faults = append(faults, u.Loc+" is none or stands twice")
		}
		seen[u.Loc] = true
		if u.Lastmod != "" {
			dated++
			if _, err := time.Parse(time.DateOnly, u.Lastmod); err != nil {
				faults = append(faults, u.Loc+": "+err.Error())
			}
		}
	}
	if len(seen) == 0 || dated == 0 {
		faults = append(faults, "no page with a date")
	}
	return faults
}

// dataFaults tells what schema.org's types need, as those who read them say, and a block
// of data on the page at this address lacks. It returns the block's type as well.
func dataFaults(block, address string, leads func(address string) bool) (kind string, faults []string) {
	type thing struct {
		Type string `json:"@type"`
		Name string `json:"name"`
		Text string `json:"text"`
	}
	var data struct {
		thing
		Context    string `json:"@context"`
		Headline   string `json:"headline"`
		Page       string `json:"mainEntityOfPage"`
		Published  string `json:"datePublished"`
		Modified   string `json:"dateModified"`
		MainEntity []struct {
			thing
			Answer thing `json:"acceptedAnswer"`
		} `json:"mainEntity"`
		Items []struct {
			thing
			Position int    `json:"position"`
			Item     string `json:"item"`
		} `json:"itemListElement"`
	}
	if err := json.Unmarshal([]byte(block), &data); err != nil {
		return "", []string{err.Error()}
	}
	want := func(ok bool, fault string) {
		if !ok {
			faults = append(faults, data.Type+": "+fault)
		}
	}
	want(data.Context == "https://schema.org", "no context")
	switch data.Type {
	case "Article":
		want(data.Headline != "", "no headline")
		want(data.Page == address, "is of the page "+data.Page)
		for _, date := range []string{data.Published, data.Modified} {
			_, err := time.Parse(time.DateOnly, date)
			want(date == "" || err == nil, date+" is no date")
		}
	case "BreadcrumbList":
		want(len(data.Items) > 0, "no item")
		for i, item := range data.Items {
			want(item.Type == "ListItem" && item.Position == i+1 && item.Name != "", "an item without type, place or name")
			want(strings.HasPrefix(item.Item, "https://") && leads(item.Item), item.Item+" leads nowhere")
		}
	case "FAQPage":
		want(len(data.MainEntity) > 0, "no question")
		for _, question := range data.MainEntity {
			want(question.Type == "Question" && question.Name != "", "a question without words")
			want(question.Answer.Type == "Answer" && question.Answer.Text != "", "a question without an answer")
		}
	default:
		want(false, "a type that this test does not know")
	}
	return data.Type, faults
}

// The checks above find what is wrong.
func TestOtherReadersAreChecked(t *testing.T) {
	nowhere := func(string) bool { return false }
	for _, text := range []string{"<feed/>", `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>https://x/</id><updated>2026-01-01</updated></feed>`} {
		if len(feedFaults([]byte(text), nowhere)) == 0 {
			t.Errorf("nothing is wrong with %s", text)
		}
	}
	for _, text := range []string{"<urlset/>", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://x/</loc><lastmod>1.1.2026</lastmod></url></urlset>`} {
		if len(sitemapFaults([]byte(text))) == 0 {
			t.Errorf("nothing is wrong with %s", text)
		}
	}
	for _, text := range []string{
		`{"@context": "https://schema.org", "@type": "Article", "headline": "x", "mainEntityOfPage": "https://x/", "dateModified": "yesterday"}`,
		`{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "x", "item": "https://x/"}]}`,
		`{"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Why?"}]}`,
		`{"@context": "https://schema.org", "@type": "Article", "mainEntityOfPage": "https://x/"}`,
		`{"@context": "https://schema.org", "@type": "Thing"}`,
	} {
		if _, faults := dataFaults(text, "https://x/", nowhere); len(faults) != 1 {
			t.Errorf("%s: %q, want one fault", text, faults)
		}
	}
}
