package synthetic

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Truth is what the files were made from.
type Truth struct {
	Hazards []Hazard `json:"hazards"`
	Stock   []Stock  `json:"stock"`
	Planted []Fault  `json:"planted,omitempty"`
}

// Stock is the number of children in care at the end of a day, short breaks left out.
type Stock struct {
	Day      calendar.Date  `json:"day"` // 31 March of each return
	Children map[string]int `json:"children"`
}

// Fault is a fault that was planted. The line is the one at which a reader can see it:
// the first of the file is 1.
type Fault struct {
	Name string `json:"name"`
	File string `json:"file"`
	Line int    `json:"line"`
}

// Columns of the two tables, in the order of the published specification.
var (
	headerColumns   = []string{"CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"}
	episodesColumns = []string{"CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN"}
)

// Places of columns.
const (
	colDOB   = 2
	colDECOM = 1
	colRNE   = 2
	colLS    = 3
	colDEC   = 7
	colREC   = 8
)

// line is one row of a table.
type line struct {
	child int
	of    *episode // none in a Header table
	cells []string
}

// yearly is one return.
type yearly struct {
	year             calendar.FinancialYear
	headers, entries []*line
}

// Write makes the files of all returns and hands each, with its name, to the sink, in
// order. An error is of the settings or the sink's own.
func Write(s Settings, sink func(name string, text []byte) error) (*Truth, error) {
	s, err := s.settled()
	if err != nil {
		return nil, err
	}
	children := s.children()
	returns := make([]*yearly, s.Years)
	for i := range returns {
		returns[i] = yearOf(s.First+calendar.FinancialYear(i), children)
	}
	truth := &Truth{Hazards: s.Hazards, Stock: stock(returns, children)}
	planted := plant(s, returns)
	if err := sink("synthetic-README.txt", []byte(readme(s))); err != nil {
		return nil, err
	}
	for _, y := range returns {
		for _, f := range y.files(s.XML) {
			truth.Planted = append(truth.Planted, f.planted(planted)...)
			if err := sink(f.name, f.text); err != nil {
				return nil, err
			}
		}
	}
	return truth, nil
}

// children makes children until as many as are asked for have been in care within the
// years, and as short breaks one in fifty more.
func (s Settings) children() []child {
	from := calendar.NewDate(int(s.First), 4, 1)
	to := calendar.NewDate(int(s.First)+s.Years, 3, 31)
	hazards := map[string][]Hazard{}
	for _, h := range s.Hazards {
		hazards[h.From] = append(hazards[h.From], h)
	}
	var all []child
	days := to.Sub(from) + 1
	for k := uint64(0); len(all) < s.Children; k++ {
		r := rand.New(rand.NewPCG(s.Seed, k))
		before := r.IntN(days + 4*365)
		if c := newChild(r, len(all)+1, to.AddDays(-before), to, hazards); c.seen(from, to) {
			all = append(all, c)
		}
	}
	for k := range s.Children / 50 {
		r := rand.New(rand.NewPCG(s.Seed, 1<<62+uint64(k)))
		all = append(all, onBreaks(r, s.Children+k+1, from, to))
	}
	return all
}

// seen reports whether a child is in care on a day of the years.
func (c *child) seen(from, to calendar.Date) bool {
	for _, e := range c.episodes {
		if !e.start.After(to) && !e.end.Before(from) {
			return true
		}
	}
	return false
}

// yearOf is the return of one year: every episode that was open on any day of it.
func yearOf(year calendar.FinancialYear, children []child) *yearly {
	y := &yearly{year: year}
	from, to := calendar.NewDate(int(year), 4, 1), calendar.NewDate(int(year)+1, 3, 31)
	for k := range children {
		c := &children[k]
		if !c.seen(from, to) {
			continue
		}
		y.headers = append(y.headers, &line{child: c.name, cells: c.header(year)})
		for i := range c.episodes {
			if e := &c.episodes[i]; !e.start.After(to) && !e.end.Before(from) {
				y.entries = append(y.entries, &line{c.name, e, c.entry(e, to)})
			}
		}
	}
	return y
}

// header is a row of a Header table. Sex is a number up to 2023/24 and a letter since.
func (c *child) header(year calendar.FinancialYear) []string {
	sex := "1"
	if c.girl {
		sex = "2"
	}
	if year >= 2024 {
		sex = map[string]string{"1": "M", "2": "F"}[sex]
	}
	return []string{c.id(), sex, written(c.born), "WBRI", "", "", ""}
}

// entry is a row of an Episodes table, open if the episode has not ended by 31 March.
func (c *child) entry(e *episode, to calendar.Date) []string {
	cells := []string{c.id(), written(e.start), e.rne, e.legal, "N1", e.place, e.prov, "", "", "", "", "", ""}
	if !e.end.After(to) {
		cells[colDEC], cells[colREC], cells[colREC+1] = written(e.end), e.rec, e.reason
	}
	return cells
}

func (c *child) id() string { return fmt.Sprintf("SYN%06d", c.name) }

func written(d calendar.Date) string {
	return fmt.Sprintf("%02d/%02d/%04d", d.Day(), d.Month(), d.Year())
}

// stock counts the children in care at the end of each return.
func stock(returns []*yearly, children []child) []Stock {
	var all []Stock
	for _, y := range returns {
		s := Stock{calendar.NewDate(int(y.year)+1, 3, 31), map[string]int{}}
		for k := range children {
			for _, e := range children[k].episodes {
				if !children[k].breaks && !e.start.After(s.Day) && e.end.After(s.Day) {
					s.Children[e.state]++
				}
			}
		}
		all = append(all, s)
	}
	return all
}

func readme(s Settings) string {
	form := "a Header and an Episodes table"
	if s.XML {
		form = "one file in XML"
	}
	text := fmt.Sprintf(`SYNTHETIC DATA. No child in these files exists, and nothing in them is evidence.

They have the form of the yearly return on looked-after children of councils in England
(SSDA903): a folder a year, with %s.

%d children, %d returns from %s, seed %d.
`, form, s.Children, s.Years, s.First, s.Seed)
	if len(s.Faults) > 0 {
		text += "\nFaults are planted: " + strings.Join(s.Faults, ", ") + ".\n"
	}
	return text + "\nMoves per child and week at risk, at every age up to 18:\n" + rates(s.Hazards)
}

func rates(hazards []Hazard) string {
	var b strings.Builder
	for _, h := range hazards {
		fmt.Fprintf(&b, "%-12s to %-12s %g\n", h.From, h.To, h.Weekly)
	}
	return b.String()
}
