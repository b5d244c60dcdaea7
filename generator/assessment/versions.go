package assessment

// Versions are what the browser needs to read answers to this version and to earlier
// ones: the hashes of their layouts, their questions, and the migrations between.
type Versions struct {
	Hash       uint32           `json:"hash"`
	Earlier    []EarlierVersion `json:"earlier,omitempty"`
	Migrations []migrationData  `json:"migrations,omitempty"`
}

// An EarlierVersion is a recorded layout. Hash is its first three bytes, as links
// carry them.
type EarlierVersion struct {
	Version   int             `json:"version"`
	Hash      uint32          `json:"hash"`
	Questions []ModelQuestion `json:"questions"`
}

// migrationData is a Migration without its place; pairs of options are old and new.
type migrationData struct {
	From     int         `json:"from"`
	Op       MigrationOp `json:"op"`
	Question string      `json:"question,omitempty"`
	Merge    []string    `json:"merge,omitempty"`
	Into     string      `json:"into,omitempty"`
	Options  [][2]string `json:"options,omitempty"`
	Parts    []partData  `json:"parts,omitempty"`
	Highest  bool        `json:"highest,omitempty"`
	Scale    string      `json:"scale,omitempty"`
}

type partData struct {
	Question string      `json:"question"`
	Options  [][2]string `json:"options,omitempty"`
}

// short is what links carry of the hash.
func (l Layout) short() uint32 {
	hash := l.Hash()
	return uint32(hash[0])<<16 | uint32(hash[1])<<8 | uint32(hash[2])
}

// VersionsOf returns the versions of an assessment. The migrations are only there if an
// earlier version was recorded.
func VersionsOf(a *Assessment, m *Model, recorded []Layout) Versions {
	v := Versions{Hash: m.Layout().short()}
	for i := range recorded {
		l := &recorded[i]
		if l.Assessment != m.ID || l.Version >= m.Version {
			continue
		}
		earlier := EarlierVersion{Version: l.Version, Hash: l.short()}
		for j := range l.Questions {
			earlier.Questions = append(earlier.Questions, *l.Questions[j].question())
		}
		v.Earlier = append(v.Earlier, earlier)
	}
	if v.Earlier == nil {
		return v
	}
	pairs := func(options []Mapping) (list [][2]string) {
		for _, mapping := range options {
			list = append(list, [2]string{mapping.Old, mapping.New})
		}
		return list
	}
	for i := range a.Migrations {
		m := &a.Migrations[i]
		d := migrationData{From: m.From, Op: m.Op, Question: m.Question, Merge: m.Merge, Into: m.Into, Options: pairs(m.Options), Highest: m.Highest, Scale: m.Scale}
		for _, part := range m.Parts {
			d.Parts = append(d.Parts, partData{part.Question, pairs(part.Options)})
		}
		v.Migrations = append(v.Migrations, d)
	}
	return v
}
