package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// Sizes lays out how large a facility must be in each case, with receipts
// recycled and without, and, if curves over the cost of delivery are given, the
// probability that today's is not enough over that cost. Tables for a spreadsheet
// have a row for each case with receipts recycled and without, and for each point
// of the curves.
//
// Sizings and curves are by case, in the same order.
func Sizes(sizings []*sensitivity.Sizing, curves []*sensitivity.Curved) []Table {
	first := sizings[0]
	confidence := words.Percent(first.Confidence) + " confidence"
	s := &sizes{sizings: sizings, table: Table{Title: titleOf(first.Version) + ": facility needed for " + confidence, Columns: textColumns("")}}
	var versions []*scenario.Version
	for _, one := range sizings {
		versions = append(versions, one.Version)
		s.table.Columns = append(s.table.Columns, Column{Heading: headingOf(one.Version)})
	}
	s.table.About = []string{words.Capital(costsFrom(versions...)) + "; " + runLine(first.Conventions, " of each size")}
	s.row("Committed today", commitsToday)
	s.row("Receipts, by the programme's terms", func(s *sensitivity.Sizing) Cell {
		if s.Recycles {
			return text("recycled")
		}
		return text("not recycled")
	})
	s.table.heading("Receipts recycled: they meet costs before capital does")
	s.sized("Facility needed for "+confidence, func(s *sensitivity.Sizing) sensitivity.Sized { return s.Recycled })
	s.table.heading("Not recycled: every cost is drawn")
	s.sized("Facility needed for "+confidence, func(s *sensitivity.Sizing) sensitivity.Sized { return s.Drawn })
	tables := []Table{s.table}
	if len(curves) > 0 {
		tables = append(tables, overCost(curves))
	}
	last := &tables[len(tables)-1]
	last.Notes = append(sizeMarks(sizings), sizeNotes(first)...)
	return append(modelled(tables...), sizeSheets(sizings, curves)...)
}

// sizes is the first table of Sizes.
type sizes struct {
	sizings []*sensitivity.Sizing
	table   Table
}

func (s *sizes) cells(label string, cell func(*sensitivity.Sizing) Cell) []Cell {
	cells := []Cell{text(label)}
	for _, one := range s.sizings {
		cells = append(cells, cell(one))
	}
	return cells
}

func (s *sizes) row(label string, cell func(*sensitivity.Sizing) Cell) {
	s.table.add(s.cells(label, cell)...)
}

func (s *sizes) part(label string, cell func(*sensitivity.Sizing) Cell) {
	s.table.part(s.cells(label, cell)...)
}

// Cells that a note explains.
const (
	noFacility = "none*"
	notKnown   = "not known†"
)

// sizeMarks explain the cells that say that no facility is enough, or that what a
// replication needs is not known, from the terms of the programme.
func sizeMarks(sizings []*sensitivity.Sizing) []string {
	var all []string
	add := func(note string) {
		if !slices.Contains(all, note) {
			all = append(all, note)
		}
	}
	for _, s := range sizings {
		if !s.Recycled.Found || !s.Drawn.Found {
			add(noFacilityNote(s))
		}
	}
	for _, s := range sizings {
		if s.Recycled.Largest == nil || s.Drawn.Largest == nil {
			add("† Not known: what a replication needs depends on how large the facility is" + onSize(s.Version.Programme.Facility) + ". So each size was run on its own.")
		}
	}
	return all
}

// noFacilityNote says why no facility can be enough.
func noFacilityNote(s *sensitivity.Sizing) string {
	note := fmt.Sprintf("* None: however large, no facility is enough in %s of %s replications.", words.Percent(s.Confidence), words.Count(float64(s.Conventions.Replications)))
	f := s.Version.Programme.Facility
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
	return note + " The terms that can cause this: " + strings.Join(why, "; ") + "."
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
	return ", as money is " + words.And(why)
}

func commitsToday(s *sensitivity.Sizing) Cell {
	if s.Commitment == nil {
		return text("no limit")
	}
	return amount(decimal.NewFromFloat(*s.Commitment))
}

// sized lays out one of the two facilities.
func (s *sizes) sized(label string, of func(*sensitivity.Sizing) sensitivity.Sized) {
	found := func(cell func(*sensitivity.Sizing, sensitivity.Sized) Cell) func(*sensitivity.Sizing) Cell {
		return func(s *sensitivity.Sizing) Cell {
			if z := of(s); z.Found {
				return cell(s, z)
			}
			return none()
		}
	}
	s.row(label, func(s *sensitivity.Sizing) Cell {
		if z := of(s); z.Found {
			return money(z.Facility)
		}
		return text(noFacility)
	})
	s.part("its bounds, by chance alone", found(func(_ *sensitivity.Sizing, z sensitivity.Sized) Cell { return sizeBounds(z) }))
	s.part("compared with today's commitments", found(func(s *sensitivity.Sizing, z sensitivity.Sized) Cell {
		if s.Commitment == nil {
			return none()
		}
		return moreOrLess(z.Facility - *s.Commitment)
	}))
	s.row("Run with it, not enough in", found(func(s *sensitivity.Sizing, z sensitivity.Sized) Cell { return times(s, &z.Short) }))
	s.part("with £1 less", func(s *sensitivity.Sizing) Cell { return times(s, of(s).PoundLess) })
	s.row("Probability that today's is not enough", func(s *sensitivity.Sizing) Cell {
		if today := of(s).ShortToday; today != nil {
			return chanceErr(*today)
		}
		return none()
	})
	s.row("Most that any replication needs", func(s *sensitivity.Sizing) Cell {
		if largest := of(s).Largest; largest != nil {
			return money(*largest)
		}
		return text(notKnown)
	})
}

// moreOrLess is an amount by which one thing is more than another.
func moreOrLess(pounds float64) Cell {
	c := money(pounds)
	if pounds > 0 {
		c.Text += " more"
	} else {
		c.Text = words.Pounds(-pounds) + " less"
	}
	return c
}

// sizeBounds are the bounds of a facility; without an upper one if no size is
// enough so often.
func sizeBounds(z sensitivity.Sized) Cell {
	if z.High == nil {
		return Cell{Text: words.Pounds(z.Low) + " or more", Low: &z.Low, Unit: unitPounds}
	}
	return Cell{Text: words.Pounds(z.Low) + " to " + words.Pounds(*z.High), Low: &z.Low, High: z.High, Unit: unitPounds}
}

// times is in how many replications something happened: a penny more or less
// shows in these and not in a percentage.
func times(s *sensitivity.Sizing, p *montecarlo.ProbabilityOf) Cell {
	if p == nil {
		return none()
	}
	n := float64(s.Conventions.Replications)
	c := number(math.Round(p.Probability*n), 0, "replications")
	c.Text += " of " + words.Count(n)
	return c
}

// overCost is the probability that the facility is not enough over the cost of
// delivery.
func overCost(curves []*sensitivity.Curved) Table {
	c := curves[0].Conventions
	t := Table{
		Title: "Probability that today's facility is not enough, over the cost of delivery",
		About: []string{fmt.Sprintf("%s replications of each run, seed %d. This is a curve and not one number, because the cost is not known.",
			words.Count(float64(c.Replications)), c.Seed)},
		Columns: textColumns("cost of delivery"),
	}
	for _, curve := range curves {
		t.Columns = append(t.Columns, Column{Heading: headingOf(curve.Version)})
	}
	for i, point := range curves[0].Points {
		label := "× " + words.Number(point.Value, 2)
		if point.Value == curves[0].Driver.Neutral {
			label += ", as stated"
		}
		cells := []Cell{text(label)}
		for _, curve := range curves {
			cells = append(cells, chanceErr(curve.Points[i].Capital.Short))
		}
		t.add(cells...)
	}
	return t
}

func sizeNotes(s *sensitivity.Sizing) []string {
	confidence := words.Percent(s.Confidence)
	all := []string{
		fmt.Sprintf("Facility needed for %s confidence: the least that all commitments together must come to, in proportion to today's, to be enough in %s of replications. Each is confirmed by a run with it and a run with £1 less. The bounds hold with about 95%% confidence: this is how well so many replications know it. ± is one Monte Carlo standard error.",
			confidence, confidence),
		"It is enough against chance in children's lives alone, with rates and costs as the case has them: edgeofcare stress shows what else can happen.",
		monthEnds,
	}
	if beyond := float64(s.Conventions.Replications) * (1 - s.Confidence); beyond < 10 {
		all = append(all, fmt.Sprintf("Warning: it rests on the %.2g replications in which it is not enough, too few for so high a confidence: run at least %s (-n).",
			beyond, words.Count(math.Ceil(10/(1-s.Confidence)))))
	}
	return append(all, manyRuns(s.Conventions, s.Version)...)
}

// sizeSheets are a table of facilities by case, with receipts recycled and
// without, and one of the curves if there are any. The cost of delivery is a
// factor.
func sizeSheets(sizings []*sensitivity.Sizing, curves []*sensitivity.Curved) []Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "receipts"), figureColumns(
		"confidence", "facility_GBP", "low_GBP", "high_GBP", "probability_not_enough", "probability_with_1_GBP_less",
		"committed_today_GBP", "probability_today_not_enough", "standard_error")...), textColumns("replications", "seed")...)}
	for _, s := range sizings {
		t.add(sizedCells(s, "recycled", s.Recycled)...)
		t.add(sizedCells(s, "not recycled", s.Drawn)...)
	}
	if len(curves) == 0 {
		return []Table{t}
	}
	over := Table{Sheet: true, Columns: append(append(textColumns("programme", "case"), figureColumns(
		"cost_of_delivery_factor", "probability_not_enough", "standard_error")...), textColumns("replications", "seed")...)}
	for _, c := range curves {
		for _, p := range c.Points {
			cells := append(texts(c.Version.Programme.Name, c.Version.Name()), bareCell(p.Value, c.Driver.Unit))
			cells = append(cells, probabilityCells(p.Capital.Short)...)
			over.add(append(cells, runCells(c.Conventions)...)...)
		}
	}
	return []Table{t, over}
}

// sizedCells are a facility, its bounds and what runs with it gave; empty where
// there is none.
func sizedCells(s *sensitivity.Sizing, receipts string, z sensitivity.Sized) []Cell {
	probability := unitName(montecarlo.Probability)
	cells := append(texts(s.Version.Programme.Name, s.Version.Name(), receipts), bareCell(s.Confidence, probability))
	if z.Found {
		cells = append(cells, bareCell(z.Facility, unitPounds), bareCell(z.Low, unitPounds), orNothing(z.High, unitPounds), bareCell(z.Short.Probability, probability))
	} else {
		cells = append(cells, Cell{}, Cell{}, Cell{}, Cell{})
	}
	less, today := Cell{}, []Cell{{}, {}}
	if z.Found && z.PoundLess != nil {
		less = bareCell(z.PoundLess.Probability, probability)
	}
	if z.ShortToday != nil {
		today = probabilityCells(*z.ShortToday)
	}
	cells = append(append(cells, less, orNothing(s.Commitment, unitPounds)), today...)
	return append(cells, runCells(s.Conventions)...)
}
