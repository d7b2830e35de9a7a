package html

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/warn"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
)

// made says how the page can be made again.
type made struct {
	Command string
	Facts   [][2]string
}

func (p Page) made() *made {
	c := p.Result.Conventions
	return &made{words.Printable(p.Command), [][2]string{
		{"Version of edgeofcare", cmp.Or(words.Printable(p.Version), "not stated")},
		{"Programme", words.Printable(p.Result.Version.Programme.Name)},
		{"Programme hash", c.Fingerprint},
		{"Seed", strconv.FormatUint(c.Seed, 10)},
		{"Replications", words.Count(float64(c.Replications))},
		{"Engine", c.Engine.String()},
		{"Prices", words.Printable(c.PriceBase)},
		{"Written on", cmp.Or(p.Written.Long(), "not stated")},
	}}
}

// said is a table of words.
func said(title string, facts ...[2]string) report.Table {
	t := report.Table{Title: title, Columns: []report.Column{{Heading: "what", Text: true}, {Heading: "how", Text: true}}}
	for _, fact := range facts {
		if fact[1] != "" {
			t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{{Text: fact[0]}, {Text: fact[1]}}})
		}
	}
	return t
}

// conventions say how figures were made.
func (p Page) conventions() report.Table {
	c := p.Result.Conventions
	t := said("Conventions",
		[2]string{"Period", c.Start.Long() + " to " + c.Horizon.Long()},
		[2]string{"Prices", c.PriceBase},
		[2]string{"Counting", c.Counting},
		[2]string{"Window", c.Window},
		[2]string{"Central figure", c.Central},
		[2]string{"Mean", c.Mean},
		[2]string{"Ranges", c.Uncertainty},
		[2]string{"Pairing", c.Pairing},
		[2]string{"Discounting", c.Discounting},
		[2]string{"Capital", c.Capital},
	)
	t.Currency = p.Result.Version.Programme.Currency
	return t
}

// checks are what every result was checked against.
func (p Page) checks() report.Table {
	t := report.Table{
		Title:   "Checks: simulated means against exact ones",
		Columns: []report.Column{{Heading: "case", Text: true}, {Heading: "figures compared"}, {Heading: "largest difference, standard errors"}},
		Notes:   []string{"Means whose exact value is known are compared with it. Among a hundred figures that go together a largest difference of 2 to 3.5 standard errors is ordinary."},
	}
	for _, r := range p.results() {
		largest := words.Number(r.Check.Errors, 1)
		if r.Check.Compared == 0 {
			largest = "no exact mean is known"
		}
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{{Text: r.Version.Name()}, {Text: words.Count(float64(r.Check.Compared))}, {Text: largest}}})
	}
	if slices.ContainsFunc(p.results(), func(r *montecarlo.Result) bool { return r.Check.Compared == 0 }) {
		t.Notes = append(t.Notes, "Where rates are drawn no exact mean is known to compare with. At fixed rates there is: the same command with --fixed-rates has the comparison.")
	}
	return t
}

// uses say what a page may be used for.
var uses = []string{
	"It may be used to see how payments, avoided care and savings come about under stated assumptions, how far they can be relied on, and what they depend on.",
	"It is no forecast, no audit of claims, and no valuation of an investment.",
}

// limits say what the page may be used for, and the cautions in full.
func (p Page) limits() []string {
	programme := p.Result.Version.Programme
	all := slices.Clone(uses)
	if programme.NotInRanges != "" {
		all = append(all, "Not in the ranges: "+programme.NotInRanges)
	}
	all = append(all, programme.Cautions...)
	all = append(all, p.warnings()...)
	all = append(all, p.Cautions...)
	var once []string
	for _, text := range all {
		if text = words.Capital(words.Printable(words.In(programme.Currency, strings.TrimSpace(text)))); !slices.Contains(once, text) {
			once = append(once, text)
		}
	}
	return once
}

// warnings are those of the results, each once with the cases that have it.
func (p Page) warnings() (texts []string) {
	var labels []string
	var found [][]warn.Warning
	for _, r := range p.results() {
		labels = append(labels, r.Version.Name())
		var own []warn.Warning
		for _, w := range r.Warnings {
			own = append(own, warn.Warning{Kind: string(w.Kind), Path: w.Path, Amount: w.Amount, Text: w.Text})
		}
		found = append(found, own)
	}
	for _, g := range warn.Grouped(labels, found) {
		texts = append(texts, g.String())
	}
	return texts
}
