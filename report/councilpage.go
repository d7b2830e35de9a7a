package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Council is one council's page: over all years together, results side by side, and
// then each result by financial year. It has what the council pays itself, what
// payers other than councils pay for the same claims, the care that is avoided, the
// part of it that is cash, and what is left after the council's own payments, each a
// mean in £ with its range, to three figures. Lines have at most 100 characters.
//
// With amounts, a table after the first says how likely the council is to save more than
// each, in £: with all care avoided, and in cash alone.
//
// It needs series by year, and for amounts the values of the replications: see
// [montecarlo.Options]. An error for a name that no
// council has is a *[scenario.NameError].
func Council(name string, amounts []decimal.Decimal, all ...*montecarlo.Result) ([]Table, error) {
	page, err := newCouncilPage(name, all)
	if err != nil {
		return nil, err
	}
	page.allYears()
	page.table.About = append(page.table.About, assumed(all[0])...)
	tables := []Table{page.table}
	if len(amounts) > 0 {
		tables = append(tables, page.moreThan(amounts))
	}
	tables = append(tables, page.years()...)
	tables[len(tables)-1].Notes = append(tables[len(tables)-1].Notes, page.notes()...)
	tables[len(tables)-1].more = []string{page.seeMore()}
	return inCurrency(all[0].Version.Programme, modelled(tables...)...), nil
}

// councilPage is the first table of Council.
type councilPage struct {
	firstScreen
	council string
}

func newCouncilPage(name string, all []*montecarlo.Result) (councilPage, error) {
	if !results(all) {
		return councilPage{}, errNoComparison
	}
	for _, r := range all {
		if councils := councilsOf(r); !slices.Contains(councils, name) {
			return councilPage{}, &scenario.NameError{What: "council", Name: name, Valid: councils}
		}
	}
	return councilPage{firstScreen{newSideBySide(all)}, name}, nil
}

// councilMeasures are the measures of the page, in its order. What is left to the
// council stands last, after what others pay.
func (c councilPage) measures() []councilMeasure {
	all := []councilMeasure{{"Own payments", 0, montecarlo.Payments}}
	if others := c.others(); len(others) > 0 {
		all = append(all, councilMeasure{"Paid by " + words.And(others), 0, montecarlo.OtherPayments})
	}
	return append(all,
		councilMeasure{"Gross avoided cost", 0, montecarlo.Avoided},
		councilMeasure{"of that, cash", 1, montecarlo.Cashable},
		councilMeasure{"Left after own payments", 0, montecarlo.NetSaving},
		councilMeasure{"in cash alone", 1, montecarlo.OwnNetCashable},
	)
}

// councilMeasure is a measure of one council, and what the page calls it.
type councilMeasure struct {
	label  string
	indent int
	name   string
}

// heading is the label without the row above it, for a column.
func (m councilMeasure) heading() string {
	if m.name == montecarlo.OwnNetCashable {
		return "left in cash alone"
	}
	return words.Small(m.label)
}

// others are the payers that are no councils, in any of the results.
func (c councilPage) others() (all []string) {
	for _, r := range c.results {
		if names := outsidePayers(r.Version.Programme); len(names) > len(all) {
			all = names
		}
	}
	return all
}

// allYears adds what is known of all years together.
func (c councilPage) allYears() {
	r := c.results[0]
	c.table.narrow = true
	c.table.Title = titleOf(r.Version) + ": " + c.council
	c.table.Columns[0].Heading = "All years together: mean, " + rangeHeld(r) + " below"
	c.table.About = append([]string{c.modelledLine()}, changedLines(theirVersions(c.results)...)...)
	c.nameCases()
	c.add(ofTotal("Children referred", montecarlo.Referred, c.council, mean))
	for _, m := range c.measures() {
		c.amount(m.label, m.indent, func(r *montecarlo.Result) (ranged, bool) { return rangedTotal(r, m.name, c.council) })
	}
	c.cohortRates(c.paidTiers())
	c.add(ofEvent("Chance of a saving, all care avoided", montecarlo.OwnSaves, c.council, chance))
	c.add(ofEvent("Chance of a saving in cash alone", montecarlo.OwnCashableSaves, c.council, chance))
	own := c.targets()
	for _, t := range own {
		label := "Chance of the savings target"
		if len(own) > 1 {
			label = "Chance of " + targetName(t)
		}
		c.add(ofEvent(label+", after own payments", montecarlo.TargetMet, t.String(), chance))
		c.add(ofEvent(label+", before payments", montecarlo.TargetMetGross, t.String(), chance))
	}
	c.table.Notes = slices.Concat(c.fittedNote(), ownTargetNotes(own), harms(c.results))
}

// moreThan says how likely the council is to save more than amounts, with a column for
// each.
func (c councilPage) moreThan(amounts []decimal.Decimal) Table {
	t := Table{Columns: textColumns("How likely is " + c.council + " to save more than …"), narrow: true}
	for _, a := range amounts {
		t.Columns = append(t.Columns, Column{Heading: stated(a)})
	}
	one := saver{councils: []string{c.council}}
	for _, r := range c.results {
		all, cash := []Cell{text(words.Capital(headingOf(r.Version)) + ", all care avoided")}, []Cell{text("in cash")}
		for _, a := range amounts {
			all, cash = append(all, one.moreThan(r, false, a.InexactFloat64())), append(cash, one.moreThan(r, true, a.InexactFloat64()))
		}
		t.add(all...)
		t.part(cash...)
	}
	return t
}

// ownTargetNotes say what the savings targets are, and that taking payments off is a reading.
func ownTargetNotes(targets []model.SavingsTarget) (notes []string) {
	for _, t := range targets {
		notes = append(notes, "Savings target: "+targetOverYears(t)+"; that the council's own payments come off first is our reading.")
	}
	return notes
}

// targets are the council's own savings targets.
func (c councilPage) targets() []model.SavingsTarget {
	return slices.DeleteFunc(c.savingsTargets(), func(t model.SavingsTarget) bool { return t.Commissioner != c.council })
}

// byYear lays one result out by financial year, with all years below; false if it has
// no series by year.
func (c councilPage) byYear(r *montecarlo.Result) (Table, bool) {
	t := Table{
		Title:   fmt.Sprintf("%s by financial year: mean, %s below, £ in %s", cmp.Or(words.Capital(headingOf(r.Version)), c.council), rangeHeld(r), r.Conventions.PriceBase),
		Columns: textColumns("year"), narrow: true,
	}
	var series []montecarlo.Series
	for _, m := range c.measures() {
		s, ok := yearly(r, m.name, c.council)
		if !ok && m.name != montecarlo.OtherPayments {
			return t, false
		}
		series = append(series, s)
		t.Columns = append(t.Columns, Column{Heading: m.heading()})
	}
	for i, year := range r.Years {
		t.meanAbove(year.String(), c.rangeLabelOf(r), len(series), func(k int) (ranged, bool) {
			if i >= len(series[k].By) {
				return ranged{}, false
			}
			return rangedBy(series[k].By[i]), true
		})
	}
	measures := c.measures()
	t.meanAbove("all years", c.rangeLabelOf(r), len(measures), func(k int) (ranged, bool) { return rangedTotal(r, measures[k].name, c.council) })
	return t, true
}

// rangeLabelOf stands beside the range of one result.
func (c councilPage) rangeLabelOf(r *montecarlo.Result) string {
	if r.Conventions.Uncertain == 0 {
		return atTheseRates
	}
	return rangeHeld(r)
}

// years lays every result out by financial year.
func (c councilPage) years() (tables []Table) {
	for _, r := range c.results {
		if t, ok := c.byYear(r); ok {
			tables = append(tables, t)
		}
	}
	return tables
}

// meanAbove adds a row of means, and one of their ranges below it.
func (t *Table) meanAbove(label, over string, columns int, of func(column int) (ranged, bool)) {
	means, ranges := []Cell{text(label)}, []Cell{text(over)}
	for k := range columns {
		mean, span := none(), none()
		if one, ok := of(k); ok {
			mean = threeFigures(one.mean)
			if one.low != nil {
				span = betweenThree(*one.low, *one.high)
			}
		}
		means, ranges = append(means, mean), append(ranges, span)
	}
	t.add(means...)
	t.part(ranges...)
}

// notes say how the page is to be read.
func (c councilPage) notes() []string {
	r := c.results[0]
	notes := []string{fmt.Sprintf("The first year begins on %s and the last ends on %s. Payments are in the year that they are claimed for. The ends of a range do not add up over years.",
		r.Conventions.Start.Long(), r.Conventions.Horizon.Long())}
	if others := c.others(); len(others) > 0 {
		notes = append(notes, "What is left is the council's, after its own payments alone. What is left for the public is less by what "+words.And(others)+" pays.")
	}
	if fixedShares(r.Version.Programme) {
		notes = append(notes, "Councils pay fixed shares of all claims, whichever council's child it is; gross avoided cost is for this council's children alone.")
	}
	if r.Prices == contract.Constant && r.Version.Programme.Inflation == 0 {
		notes = append(notes, "Budgets are in cash of the day. The file states no inflation, so that these years are in "+r.Conventions.PriceBase+": with a rate, stated in the file or when the page is written, they are in cash.")
	}
	return notes
}

// seeMore says how to see what the page leaves out.
func (c councilPage) seeMore() string {
	more := "More: --detail in place of --council has every figure"
	if kinds := warnedOf(c.results); len(kinds) > 0 {
		more += ", with the warnings in full (" + strings.Join(kinds, ", ") + ")"
	}
	if r := c.results[0]; r.Prices == contract.Constant && r.Version.Programme.Inflation == 0 {
		more += "; --prices 'cash at 2%' has the years in cash at an inflation that you say"
	}
	return more + "."
}
