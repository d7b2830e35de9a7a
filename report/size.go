package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Sizes lays out how large a facility must be in each case, with receipts
// recycled and without, and, if curves over the cost of delivery are given, the
// probability that today's is not enough over that cost. Sizings, programmes and
// curves are by case, in the same order.
func Sizes(sizings []*sensitivity.Sizing, cases []*model.Programme, curves []*sensitivity.Curved) []Table {
	first := sizings[0]
	t := Table{
		Title: investTitle(first.Title, "a facility that is enough with "+Percent(first.Confidence), cases...) + runLine(first.Conventions, " of each size"),
		Text:  1, Width: investWidth, Columns: []string{""},
	}
	for _, s := range sizings {
		t.Columns = append(t.Columns, sizedCase(s.Case))
	}
	row := func(label string, cell func(*sensitivity.Sizing) string) {
		cells := []string{label}
		for _, s := range sizings {
			cells = append(cells, cell(s))
		}
		t.Add(cells...)
	}
	row("Committed today", commitsToday)
	row("Receipts, by the programme's terms", func(s *sensitivity.Sizing) string {
		if s.Recycles {
			return "recycled"
		}
		return "not recycled"
	})
	t.Add("RECEIPTS RECYCLED: THEY MEET COSTS BEFORE CAPITAL DOES")
	sizedRows(row, func(s *sensitivity.Sizing) sensitivity.Sized { return s.Recycled })
	t.Add("NOT RECYCLED: EVERY COST IS DRAWN")
	sizedRows(row, func(s *sensitivity.Sizing) sensitivity.Sized { return s.Drawn })
	tables := t.fitted()
	if len(curves) > 0 {
		over := overCost(curves)
		tables = append(tables, over.fitted()...)
	}
	last := &tables[len(tables)-1]
	last.Notes = append(sizeMarks(sizings, cases), sizeNotes(first, cases)...)
	return tables
}

// sizedCase is the heading of a case.
func sizedCase(name string) string {
	if name == "" {
		name = "as it stands"
	}
	return wrap(name, 20, "")
}

// Cells that a note explains.
const (
	noneIs   = "none is*"
	notKnown = "not known†"
)

// sizeMarks explain the cells that say that no facility is enough, or that what a
// replication needs is not known, from the terms of the programme.
func sizeMarks(sizings []*sensitivity.Sizing, cases []*model.Programme) []string {
	var all []string
	add := func(note string) {
		if !slices.Contains(all, note) {
			all = append(all, note)
		}
	}
	for i, s := range sizings {
		if !s.Recycled.Found || !s.Drawn.Found {
			add(noneIsNote(s, cases[i]))
		}
	}
	for i, s := range sizings {
		if s.Recycled.Largest == nil || s.Drawn.Largest == nil {
			add("† Not known: what a replication needs depends on how large the facility is" + onSize(cases[i].Facility) + ". So sizes were run one by one.")
		}
	}
	return all
}

// noneIsNote says why no facility can be enough.
func noneIsNote(s *sensitivity.Sizing, p *model.Programme) string {
	note := fmt.Sprintf("* None is: however large, no facility is enough in %s of %s replications.", Percent(s.Confidence), Count(float64(s.Conventions.Replications)))
	f := p.Facility
	if f == nil {
		return note
	}
	var why []string
	if !f.DrawsUntil.IsZero() {
		why = append(why, "nothing can be drawn after "+f.DrawsUntil.Long()+", and a cost later than that which receipts do not meet is a shortfall")
	}
	if n := len(f.Tranches); n > 0 {
		why = append(why, "nothing can be drawn before the first tranche on "+f.Tranches[0].On.Long()+", and a cost before that is a shortfall")
		if n > 1 {
			why = append(why, "only a part can be drawn until "+f.Tranches[n-1].On.Long())
		}
	}
	if f.Drawing == model.OnSchedule {
		why = append(why, "what has been drawn and is not needed yet is repaid, and cannot be drawn again")
		if f.Interest > 0 {
			why = append(why, "a larger facility bears more interest")
		}
	}
	if len(why) == 0 {
		return note
	}
	return note + " The terms that can make it so: " + strings.Join(why, "; ") + "."
}

// onSize says by which terms what a replication needs depends on how large the
// facility is.
func onSize(f *model.Facility) string {
	var why []string
	if f != nil {
		if f.Drawing == model.OnSchedule {
			why = append(why, "drawn on schedule")
		}
		if len(f.Tranches) > 0 {
			why = append(why, "drawn in tranches")
		}
		if !f.DrawsUntil.IsZero() {
			why = append(why, "drawn until "+f.DrawsUntil.Long())
		}
		if f.Interest > 0 {
			why = append(why, "at interest")
		}
		if f.PreferredReturn > 0 {
			why = append(why, "with a preferred return")
		}
	}
	if len(why) == 0 {
		return ""
	}
	return ", as money is " + strings.Join(why, ", ")
}

func commitsToday(s *sensitivity.Sizing) string {
	if s.Commitment == nil {
		return "no limit"
	}
	return Money(*s.Commitment)
}

// sizedRows lay out one of the two facilities.
func sizedRows(row func(string, func(*sensitivity.Sizing) string), of func(*sensitivity.Sizing) sensitivity.Sized) {
	each := func(label string, cell func(*sensitivity.Sizing, sensitivity.Sized) string) {
		row(label, func(s *sensitivity.Sizing) string { return cell(s, of(s)) })
	}
	each("Smallest facility that is enough", func(_ *sensitivity.Sizing, z sensitivity.Sized) string {
		if !z.Found {
			return noneIs
		}
		return Money(z.Facility)
	})
	each("  its bounds, by chance alone", func(_ *sensitivity.Sizing, z sensitivity.Sized) string {
		if !z.Found {
			return "-"
		}
		return sizeBounds(z)
	})
	each("  compared with today's commitments", func(s *sensitivity.Sizing, z sensitivity.Sized) string {
		if !z.Found || s.Commitment == nil {
			return "-"
		}
		if more := z.Facility - *s.Commitment; more > 0 {
			return Money(more) + " more"
		}
		return Money(*s.Commitment-z.Facility) + " less"
	})
	each("Run with it, not enough in", func(s *sensitivity.Sizing, z sensitivity.Sized) string {
		if !z.Found {
			return "-"
		}
		return times(s, &z.Short)
	})
	each("  with £1 less", func(s *sensitivity.Sizing, z sensitivity.Sized) string { return times(s, z.PoundLess) })
	each("Today's is not enough with", func(_ *sensitivity.Sizing, z sensitivity.Sized) string {
		if z.ShortToday == nil {
			return "-"
		}
		return within(z.ShortToday.Probability, z.ShortToday.StdErr, montecarlo.Probability)
	})
	each("Most that any replication needs", func(_ *sensitivity.Sizing, z sensitivity.Sized) string {
		if z.Largest == nil {
			return notKnown
		}
		return Money(*z.Largest)
	})
}

func sizeBounds(z sensitivity.Sized) string {
	if z.High == nil {
		return Money(z.Low) + " or more"
	}
	return Money(z.Low) + " to " + Money(*z.High)
}

// times is in how many replications something happened: a penny more or less
// shows in these and not in a percentage.
func times(s *sensitivity.Sizing, p *montecarlo.ProbabilityOf) string {
	if p == nil {
		return "-"
	}
	n := float64(s.Conventions.Replications)
	return Count(math.Round(p.Probability*n)) + " of " + Count(n)
}

// overCost is the probability that the facility is not enough over the cost of
// delivery.
func overCost(curves []*sensitivity.Curved) Table {
	c := curves[0].Conventions
	t := Table{
		Title: fmt.Sprintf("Probability that today's facility is not enough, over the cost of delivery\n%s replications of each run, seed %d. A curve and never one number, because the cost is not known.",
			Count(float64(c.Replications)), c.Seed),
		Columns: []string{"cost of delivery"}, Text: 1,
	}
	for _, curve := range curves {
		t.Columns = append(t.Columns, sizedCase(curve.Case))
	}
	for i, point := range curves[0].Points {
		label := "× " + grouped(point.Value, 2)
		if point.Value == curves[0].Driver.Neutral {
			label += ", as stated"
		}
		cells := []string{label}
		for _, curve := range curves {
			short := curve.Points[i].Capital.Short
			cells = append(cells, within(short.Probability, short.StdErr, montecarlo.Probability))
		}
		t.Add(cells...)
	}
	return t
}

func sizeNotes(s *sensitivity.Sizing, cases []*model.Programme) []string {
	all := []string{
		fmt.Sprintf("Smallest facility: the least that all commitments together must come to, in proportion to today's, so that it is enough in %s of replications. Each is confirmed by a run with it and a run with £1 less. Bounds hold with about 95%% confidence: how well so many replications know it. ± is one Monte Carlo standard error.",
			Percent(s.Confidence)),
		"It is enough against chance in children's lives alone, with rates and costs as the case has them: edgeofcare stress shows what else can happen.",
		monthEnds,
	}
	if beyond := float64(s.Conventions.Replications) * (1 - s.Confidence); beyond < 10 {
		all = append(all, fmt.Sprintf("Warning: it rests on the %.2g replications in which it is not enough, too few for so high a confidence: run at least %s (-n).",
			beyond, Count(math.Ceil(10/(1-s.Confidence)))))
	}
	return append(all, investorsOnly(s.Conventions, cases[0])...)
}

// SizeFigures is [Sizes] with figures for a spreadsheet: a table of facilities by
// case, with receipts recycled and without, and one of the curves. Amounts are
// in £, probabilities are shares of 1, and the cost of delivery is a factor.
func SizeFigures(sizings []*sensitivity.Sizing, curves []*sensitivity.Curved) []Table {
	t := Table{Text: 3, Columns: []string{
		"programme", "case", "receipts", "confidence", "facility_GBP", "low_GBP", "high_GBP", "probability_not_enough", "probability_with_1_GBP_less",
		"committed_today_GBP", "probability_today_not_enough", "standard_error", "replications", "seed",
	}}
	for _, s := range sizings {
		for _, recycled := range []bool{true, false} {
			z, receipts := s.Recycled, "recycled"
			if !recycled {
				z, receipts = s.Drawn, "not recycled"
			}
			cells := []string{s.Programme, s.Case, receipts, number(s.Confidence)}
			cells = append(cells, sizedFigures(z)...)
			cells = append(cells, orNothing(s.Commitment), "", "")
			if z.ShortToday != nil {
				cells[len(cells)-2], cells[len(cells)-1] = number(z.ShortToday.Probability), number(z.ShortToday.StdErr)
			}
			t.Add(append(cells, fmt.Sprint(s.Conventions.Replications), fmt.Sprint(s.Conventions.Seed))...)
		}
	}
	if len(curves) == 0 {
		return []Table{t}
	}
	over := Table{Text: 2, Columns: []string{"programme", "case", "cost_of_delivery_factor", "probability_not_enough", "standard_error", "replications", "seed"}}
	for _, c := range curves {
		for _, p := range c.Points {
			over.Add(c.Programme, c.Case, number(p.Value), number(p.Capital.Short.Probability), number(p.Capital.Short.StdErr),
				fmt.Sprint(c.Conventions.Replications), fmt.Sprint(c.Conventions.Seed))
		}
	}
	return []Table{t, over}
}

// sizedFigures are a facility, its bounds and what runs with it gave; empty
// where there is none.
func sizedFigures(z sensitivity.Sized) []string {
	if !z.Found {
		return []string{"", "", "", "", ""}
	}
	less := ""
	if z.PoundLess != nil {
		less = number(z.PoundLess.Probability)
	}
	return []string{number(z.Facility), number(z.Low), orNothing(z.High), number(z.Short.Probability), less}
}
