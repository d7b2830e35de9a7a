package xlsx

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
)

// The sheets Cases, Simulated, Assumptions and Dictionary: values of the library, none
// of which follows an input of the workbook.

// caseFigures are those that the sheet Cases has, where a case has them.
var caseFigures = []string{
	montecarlo.Referred, montecarlo.Started, montecarlo.Claims, montecarlo.Payments, montecarlo.Avoided, montecarlo.Cashable, montecarlo.NetPublic, montecarlo.NetCashable,
	montecarlo.ValueNet, montecarlo.BenefitCost, montecarlo.NetSaving, montecarlo.OwnNetCashable, montecarlo.DeliveryCost, montecarlo.Receipts, montecarlo.CapitalRequirement,
}

// longestHead is how long the name of a case in a head may be: tables take 255
// characters.
const longestHead = 200

func (m *maker) newCases() {
	if len(m.w.Cases) == 0 {
		return
	}
	heads := []string{"figure", "of", "unit"}
	seen := map[string]bool{}
	m.w.Cases = slices.DeleteFunc(slices.Clone(m.w.Cases), func(r *montecarlo.Result) bool { // heads differ
		name := r.Version.Label()
		twice := seen[name]
		seen[name] = true
		return twice
	})
	for i, r := range m.w.Cases {
		name := r.Version.Label()
		if len([]rune(name)) > longestHead {
			name = fmt.Sprintf("case %d, with edits: see the command on the cover", i+1)
		}
		heads = append(heads, name+": central", name+": mean", name+": "+percentile(r, 0), name+": "+percentile(r, -1))
	}
	s := m.b.sheet("Cases", "Cases side by side: values of the engine, "+m.kindWords(m.w.Result.Prices), heads,
		"Values: no input of the workbook changes them. Central is priced at expected weeks; mean and range are simulated, and the range is over children and rates together.")
	for _, name := range caseFigures {
		for _, t := range m.w.Cases[0].Totals {
			if t.Name == name && t.Arm == "" {
				m.caseRow(s, t.Key)
			}
		}
	}
}

// caseRow adds a figure of every case.
func (m *maker) caseRow(s *sheet, key montecarlo.Key) {
	cells := []cell{text(key.Name), text(or(key.Of, "all")), text(m.unit(key.Unit))}
	of := []string{}
	if key.Of != "" {
		of = []string{key.Of}
	}
	for _, r := range m.w.Cases {
		t, ok := r.Totals.Of(key.Name, of...)
		if !ok {
			cells = append(cells, text("none"), text("none"), text("none"), text("none"))
			continue
		}
		cells = append(cells, m.figure(t.Central, t.Unit), m.figure(t.Mean, t.Unit), m.quantile(t, 0), m.quantile(t, len(quantilesOf(r))-1))
	}
	s.add(cells...)
}

// quantilesOf are the quantiles of a run. A figure that is not defined in every
// replication has none of its own.
func quantilesOf(r *montecarlo.Result) []montecarlo.Quantile {
	for _, t := range r.Totals {
		if len(t.Quantiles) > 0 {
			return t.Quantiles
		}
	}
	return nil
}

// percentile is the name of a quantile of a run; -1 is the last.
func percentile(r *montecarlo.Result, i int) string {
	all := quantilesOf(r)
	if i < 0 {
		i += len(all)
	}
	if i < 0 || i >= len(all) {
		return "no quantile"
	}
	return words.Percentile(all[i].P)
}

// quantile is a quantile of a figure.
func (m *maker) quantile(t montecarlo.Summary, i int) cell {
	if i < 0 || i >= len(t.Quantiles) {
		return text("none")
	}
	return m.figure(t.Quantiles[i].Value, t.Unit)
}

func (m *maker) newSimulated() {
	r := m.w.Result
	heads := []string{"figure", "of", "arm", "unit", "central", "mean", "Monte Carlo standard error", "standard deviation"}
	for i := range quantilesOf(r) {
		heads = append(heads, "quantile "+percentile(r, i))
	}
	heads = append(heads, "pairing of the two lives")
	c := r.Conventions
	s := m.b.sheet("Simulated", "Simulated: means, ranges and chances of the case as delivered, "+m.kindWords(r.Prices), heads,
		fmt.Sprintf("Values of %s replications from seed %d: no input of the workbook changes them. %s", words.Count(float64(c.Replications)), c.Seed, c.Uncertainty),
		"A chance stands in the column of means. The central figure is not the mean: the mean after a cap is not the cap after a mean.")
	for _, t := range r.Totals {
		cells := append(m.keyCells(t.Key), m.figure(t.Central, t.Unit), m.figure(t.Mean, t.Unit), m.orNone(t.StdErr, t.Unit), m.orNone(t.SD, t.Unit))
		for i := range quantilesOf(r) {
			cells = append(cells, m.quantile(t, i))
		}
		s.add(append(cells, text(or(t.Pairing, "none")))...)
	}
	for _, one := range r.Probabilities {
		cells := append(m.keyCells(one.Key), text("none"), number(one.Probability, percent), m.orNone(one.StdErr, one.Unit), text("none"))
		for range quantilesOf(r) {
			cells = append(cells, text("none"))
		}
		s.add(append(cells, text(or(one.Pairing, "none")))...)
	}
}

func (m *maker) keyCells(k montecarlo.Key) []cell {
	return texts(k.Name, or(k.Of, "all"), or(k.Arm, "none"), m.unit(k.Unit))
}

// unit is a unit with the sign of the currency.
func (m *maker) unit(u montecarlo.Unit) string { return words.In(m.p.Currency, string(u)) }

// figure is a figure in its unit.
func (m *maker) figure(v float64, u montecarlo.Unit) cell {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return text("not defined")
	}
	switch u {
	case montecarlo.Pounds:
		return number(v, pounds)
	case montecarlo.Probability, montecarlo.Rate:
		return number(v, percent)
	}
	return number(v, weeks)
}

func (m *maker) orNone(v *float64, u montecarlo.Unit) cell {
	if v == nil {
		return text("none")
	}
	return m.figure(*v, u)
}

// newAssumptions is the register of the programme's inputs.
func (m *maker) newAssumptions() {
	tables := report.Programme(m.w.Result.Version)
	if len(tables) == 0 {
		return
	}
	register := tables[len(tables)-1]
	var heads []string
	for _, c := range register.Columns {
		heads = append(heads, c.Heading)
	}
	s := m.b.sheet("Assumptions", "Assumptions: every input of the programme, where it comes from and how well it is known", heads,
		"Values: the inputs that the workbook prices with are on the sheet Inputs, and may have been changed there.")
	for _, row := range register.Rows {
		var cells []cell
		for _, c := range row.Cells {
			cells = append(cells, text(or(words.In(register.Currency, c.Text), "none")))
		}
		for len(cells) < len(heads) {
			cells = append(cells, text("none"))
		}
		s.add(cells...)
	}
}

// newDictionary is the list of measures.
func (m *maker) newDictionary() {
	s := m.b.sheet("Dictionary", "Dictionary: what each figure is, and its rule", []string{"figure", "part", "unit", "known by", "what it is", "rule"})
	for _, one := range montecarlo.Measures() {
		s.add(texts(one.Name, one.Group, m.unit(one.Unit), or(strings.Join(one.By, ", "), "all together"), one.Plain, words.In(m.p.Currency, one.Rule))...)
	}
}
