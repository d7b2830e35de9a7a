package report

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/fitted"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// mostAssumed is how many cautions a first screen has, with what no range covers.
const mostAssumed = 3

// FirstScreen lays a comparison out on one screen for members and finance officers:
// what is assumed, who pays what, the care that is avoided and the part of it that is
// cash, what is left, each with its range to three figures, and how likely a saving
// is. Lines have at most 100 characters. Of the version that the file's case is fitted
// in, or else of the middle one, it says how likely it is to save more than some round
// amounts; or of every version and council, how likely more than the amounts given, in
// £. [Compare] has every figure.
//
// Ranges of all councils together need the values of replications; those read back
// from JSON have none. An error is that of the context.
func FirstScreen(ctx context.Context, c *montecarlo.Comparison, moreThan ...decimal.Decimal) ([]Table, error) {
	if !compared(c) {
		return nil, errNoComparison
	}
	s := firstScreen{newSideBySide(c.Results)}
	s.head()
	s.whoPays()
	s.avoidedAndLeft()
	s.toDate()
	s.table.Notes = slices.Concat(s.fittedNote(), s.feeNote(), s.targetNotes(s.savingsTargets()), harms(c.Results))
	tables := []Table{s.table}
	for _, amount := range moreThan {
		tables = append(tables, likelyToSaveEach(c.Results, amount))
	}
	if len(moreThan) == 0 {
		tables = append(tables, likelyToSave(s.asked(), roundAmounts(s.asked())))
	}
	rests, err := restsOn(ctx, s.asked())
	if err != nil {
		return nil, err
	}
	last := &tables[len(tables)-1]
	if rests != "" {
		last.Notes = append(last.Notes, rests)
	}
	last.Notes = append(last.Notes, enough(c.Results)...)
	last.more = []string{seeMore(c.Results)}
	return inCurrency(s.results[0].Version.Programme, modelled(tables...)...), nil
}

// firstScreen is the first table of FirstScreen.
type firstScreen struct{ *sideBySide }

// head says what stands above the figures: the programme, what a figure is, and what
// is assumed.
func (s firstScreen) head() {
	r := s.results[0]
	v := r.Version
	s.table.narrow = true
	s.table.Title = titleOf(v)
	s.table.Columns[0].Heading = s.meanAndRange()
	s.table.About = append([]string{s.modelledLine()}, changedLines(theirVersions(s.results)...)...)
	s.table.About = append(s.table.About, assumed(r)...)
	s.nameCases()
}

// meanAndRange heads the labels: what an amount is and what stands below it. Where
// ranges cover the rates they are labelled by what they hold, and else by what they
// leave out.
func (s firstScreen) meanAndRange() string {
	if s.drawn() {
		return "Mean; " + rangeHeld(s.results[0]) + " " + overRates + " below"
	}
	return "Mean, " + rangeHeld(s.results[0]) + " below"
}

// modelledLine says what the figures are in, and what they are over.
func (s firstScreen) modelledLine() string {
	c := s.results[0].Conventions
	return fmt.Sprintf("Modelled: £ in %s, three figures; %s %s", c.PriceBase, words.Plural(c.Replications, "replication"), over(s.results...))
}

// nameCases adds to the headings of the cases which of them was fitted, and which has
// fixed rates where others do not.
func (s firstScreen) nameCases() {
	base := s.base()
	for i, one := range s.results {
		heading := &s.table.Columns[i+1].Heading
		if one == base {
			*heading += ": fitted to what " + fittedTo(one.Version.Programme)
		}
		if s.drawn() && one.Conventions.Uncertain == 0 {
			*heading += ", " + atTheseRates
		}
	}
}

// base is the result of the case that was fitted, as the file has it; nil if it is
// not among them.
func (s firstScreen) base() *montecarlo.Result {
	name := fitted.Case(s.results[0].Version.Document())
	for _, r := range s.results {
		if name != "" && r.Version.Name() == name {
			return r
		}
	}
	return nil
}

// asked is the result of which more is asked: that of the fitted case, or else the
// one in the middle: medium, of low, medium and high.
func (s firstScreen) asked() *montecarlo.Result {
	if base := s.base(); base != nil {
		return base
	}
	return s.results[(len(s.results)-1)/2]
}

// fittedNote says of a fitted case whether its draws are held to what was paid, and which
// cases are not, or that its ranges are no forecast.
func (s firstScreen) fittedNote() []string {
	r := s.base()
	if r == nil || r.Conventions.Uncertain == 0 {
		return nil
	}
	held := r.Conventions.Conditioned
	if held == nil {
		here := ""
		if r.Version.Programme.Conditioned != nil { // by itself they do
			here = " here"
		}
		return []string{fmt.Sprintf("The case %s is fitted to what %s, but its ranges do not use that%s: they are no forecast.", headingOf(r.Version), fittedTo(r.Version.Programme), here)}
	}
	text := fmt.Sprintf("The draws of %s are held to what was paid to %s", headingOf(r.Version), held.PaidTo.Long())
	var others []string
	for _, other := range s.results {
		if other.Conventions.Conditioned == nil && other.Conventions.Uncertain > 0 {
			others = append(others, headingOf(other.Version))
		}
	}
	if len(others) > 0 {
		text += "; those of " + words.And(others) + " are from the ranges of the file alone"
	}
	return []string{text + "."}
}

// fittedTo is what a fitted case was fitted to.
func fittedTo(p *model.Programme) string {
	if len(p.Published.Actual) == 0 {
		return "is published"
	}
	return "has been paid"
}

// rangeHeld names the range between the outermost quantiles by what it holds: "90%
// range".
func rangeHeld(r *montecarlo.Result) string {
	q := quantilesOf(r)
	if len(q) == 0 {
		return "range"
	}
	return words.Percentile(q[len(q)-1]-q[0]) + " range"
}

// assumed are the lines on what the figures rest on: first what is in no range, then
// the first sentences of the file's first cautions.
func assumed(r *montecarlo.Result) (lines []string) {
	p := r.Version.Programme
	var without []string
	if r.Conventions.Uncertain == 0 {
		without = append(without, "How well the rates are known: at these rates the ranges are chance alone.")
	}
	if p.NotInRanges != "" {
		without = append(without, p.NotInRanges)
	}
	if len(without) > 0 {
		lines = append(lines, "Not in the ranges: "+strings.Join(without, " "))
	}
	var first []string
	for _, caution := range p.Cautions[:min(len(p.Cautions), mostAssumed-len(lines))] {
		first = append(first, firstSentence(caution))
	}
	for _, caution := range first {
		lines = append(lines, "Caution: "+caution)
	}
	return append(lines, amountsOfFile("these cautions", first, p, r.Prices)...)
}

// firstSentence is a text up to its first full stop that a capital follows.
func firstSentence(text string) string {
	for i := range text {
		rest, ok := strings.CutPrefix(text[i:], ". ")
		if !ok || rest == "" {
			continue
		}
		if next := []rune(rest)[0]; unicode.IsUpper(next) {
			return text[:i+1]
		}
	}
	return text
}

// drawn reports whether any result drew its uncertain inputs.
func (s *sideBySide) drawn() bool { return over(s.results...) != atTheseRates }

// rangeLabel stands beside a range. Where some versions have no uncertain input their
// headings say so.
func (s firstScreen) rangeLabel() string {
	if s.drawn() {
		return rangeHeld(s.results[0])
	}
	return atTheseRates
}

// amount adds the mean of an amount, and its range below, if any result has it.
func (s firstScreen) amount(label string, indent int, of func(*montecarlo.Result) (ranged, bool)) {
	has := func(r *montecarlo.Result) bool { _, ok := of(r); return ok }
	s.add(line{label: label, indent: indent, has: has, cell: func(r *montecarlo.Result) Cell {
		if one, ok := of(r); ok {
			return threeFigures(one.mean)
		}
		return none()
	}})
	s.add(line{label: s.rangeLabel(), indent: 1, has: has, cell: func(r *montecarlo.Result) Cell {
		if one, ok := of(r); ok && one.low != nil {
			return betweenThree(*one.low, *one.high)
		}
		return none()
	}})
}

// total adds an amount that is a total of all.
func (s firstScreen) total(label string, indent int, name string) {
	s.amount(label, indent, func(r *montecarlo.Result) (ranged, bool) { return rangedTotal(r, name) })
}

// whoPays adds what is paid in all and, where others pay as well, by the councils
// and by the others.
func (s firstScreen) whoPays() {
	s.total("Paid in all", 0, montecarlo.Payments)
	s.cohortRates(s.paidTiers())
	others := func(r *montecarlo.Result) []string { return outsidePayers(r.Version.Programme) }
	var all []string
	for _, r := range s.results {
		if names := others(r); len(names) > len(all) {
			all = names
		}
	}
	if len(all) == 0 {
		return
	}
	s.amount("by "+councilsTogether(s.results[0]), 1, func(r *montecarlo.Result) (ranged, bool) {
		return rangedTogether(r, "", montecarlo.Payments, councilsOf(r))
	})
	s.amount("by "+words.And(all), 1, func(r *montecarlo.Result) (ranged, bool) {
		return rangedTogether(r, "", montecarlo.Payments, others(r))
	})
}

// councilsTogether names all councils.
func councilsTogether(r *montecarlo.Result) string {
	if len(councilsOf(r)) == 1 {
		return "the council"
	}
	return "the councils"
}

// avoidedAndLeft adds the care that is avoided, what is left of it, and chances.
func (s firstScreen) avoidedAndLeft() {
	s.total("Gross avoided cost", 0, montecarlo.Avoided)
	s.total("of that, cash", 1, montecarlo.Cashable)
	s.total("Left after payments", 0, montecarlo.NetPublic)
	s.total("in cash alone", 1, montecarlo.NetCashable)
	s.add(ofEvent("Chance of a public saving", montecarlo.Saves, "", chance))
	s.add(ofEvent("Chance of a public cash saving", montecarlo.CashableSaves, "", chance))
	targets := s.savingsTargets()
	for _, t := range targets {
		label := "Chance of the savings target"
		if len(targets) > 1 {
			label = "Chance of " + targetName(t)
		}
		s.add(ofEvent(label, montecarlo.TargetMet, t.String(), chance))
	}
}

// targetNotes say what counts towards the savings targets, that it is a reading, and of
// one target how likely it is by the other.
func (s firstScreen) targetNotes(targets []model.SavingsTarget) []string {
	switch len(targets) {
	case 0:
		return nil
	case 1:
		text := "Savings target: " + targetOverYears(targets[0]) + ", in cash after its own payments: our reading"
		if p, ok := s.asked().Probabilities.Of(montecarlo.TargetMetGross, targets[0].String()); ok {
			text += "; before payments its chance in " + headingOf(s.asked().Version) + " is " + chance(p).Text
		}
		return []string{text + "."}
	}
	return []string{"Savings targets are met in cash, each over its years together and after its council's own payments, which is our reading."}
}

// targetOverYears is a savings target that says that several years count together.
func targetOverYears(t model.SavingsTarget) string {
	if len(t.Years) > 1 {
		return targetName(t) + " together"
	}
	return targetName(t)
}

// toDate sets what was modelled up to the last published payment beside what was
// paid by then.
func (s firstScreen) toDate() {
	to := s.results[0].Conventions.ToDate
	if to.IsZero() {
		return
	}
	last := strings.Fields(to.Last().Long()) // day, month, year
	s.total("Modelled to "+last[1][:3]+" "+last[2], 0, montecarlo.PaymentsToDate)
	s.part("paid in fact", func(r *montecarlo.Result) Cell {
		paid, paths := paidBy(r, to)
		c := threeFigures(paid)
		return c.from(r.Version.Programme, paths...)
	})
}

// harmful is the kind of the warning that a programme is expected to cost more in care
// than it avoids.
const harmful montecarlo.WarningKind = "harm"

// harms are the warnings that a programme is expected to cost more in care than it
// avoids. The others are left to every figure.
func harms(results []*montecarlo.Result) (texts []string) {
	var runs []labelled
	for _, one := range byVersion(results...) {
		r := *one.run
		r.Warnings = nil
		for _, w := range one.run.Warnings {
			if w.Kind == harmful {
				r.Warnings = append(r.Warnings, w)
			}
		}
		runs = append(runs, labelled{one.label, &r})
	}
	return warnings(runs)
}

// warnedOf are the kinds of the other warnings, each with the largest amount at stake.
func warnedOf(results []*montecarlo.Result) (kinds []string) {
	var order []montecarlo.WarningKind
	most := map[montecarlo.WarningKind]float64{}
	for _, r := range results {
		for _, w := range r.Warnings {
			if w.Kind == harmful {
				continue
			}
			if _, known := most[w.Kind]; !known {
				order = append(order, w.Kind)
			}
			most[w.Kind] = max(most[w.Kind], math.Abs(w.Amount))
		}
	}
	for _, kind := range order {
		text := string(kind)
		if most[kind] > 0 {
			text += " " + threeFigures(most[kind]).Text
		}
		kinds = append(kinds, text)
	}
	return kinds
}

// seeMore says how to see what the screen leaves out.
func seeMore(results []*montecarlo.Result) string {
	p := results[0].Version.Programme
	left := []string{"every figure"}
	if len(results) > 1 {
		left = append(left, "what the cases differ by")
	}
	if kinds := warnedOf(results); len(kinds) > 0 {
		left = append(left, "warnings in full ("+strings.Join(kinds, ", ")+")")
	}
	if n := len(p.Cautions); n > 0 {
		left = append(left, words.Plural(n, "caution")+" in full")
	}
	if slices.ContainsFunc(p.Register, func(in model.Input) bool { return !in.NextDue.IsZero() }) {
		left = append(left, "inputs that may have a newer edition")
	}
	council := "NAME"
	if all := councilsOf(results[0]); len(all) == 1 {
		council = strconv.Quote(all[0])
	}
	text := "More: --detail has " + words.And(left) + "; --council " + council + " has a council's page by financial year"
	if results[0].Conventions.Uncertain > 0 {
		text += "; --fixed-rates has ranges over chance alone"
	}
	return text + "; --saves-more-than £x has the chance for each council."
}

// feeNote says that what is paid in all has a delivery fee in it.
func (s firstScreen) feeNote() []string {
	fee := s.results[0].Version.Programme.Contract.Fee
	if fee == nil {
		return nil
	}
	return []string{"Paid in all includes a delivery fee of " + feeTerms(fee) + "."}
}
