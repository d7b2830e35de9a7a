package report

import (
	"fmt"
	"math"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
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
	whole := len(sizings) > 0
	for _, s := range sizings {
		whole = whole && s != nil && readable(s.Version)
	}
	for _, c := range curves {
		whole = whole && c != nil && readable(c.Version)
	}
	if !whole {
		return nothing("what sensitivity.Size returned, and what sensitivity.Curve did")
	}
	first := sizings[0]
	confidence := words.Percent(first.Confidence) + " confidence"
	s := &sizes{sizings: sizings, table: Table{Title: titleOf(first.Version) + ": facility needed for " + confidence + ", " + sizesOver(sizings), Columns: textColumns("")}}
	var versions []*scenario.Version
	for _, one := range sizings {
		versions = append(versions, one.Version)
		s.table.Columns = append(s.table.Columns, Column{Heading: headingOf(one.Version)})
	}
	s.table.About = []string{words.Capital(costsFrom(versions...)) + "; " + runLineOver(first.Conventions, " of each size", sizesOver(sizings))}
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
	last.Notes = append(sizeMarks(sizings), sizeNotes(first, versions)...)
	return inCurrency(first.Version.Programme, append(modelled(tables...), sizeSheets(sizings, curves)...)...)
}

// sizesOver says what the chances of sizes are over.
func sizesOver(sizings []*sensitivity.Sizing) string {
	var all []montecarlo.Conventions
	for _, s := range sizings {
		all = append(all, s.Conventions)
	}
	return overIn(all...)
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
	s.part("its bounds, with so many replications", found(func(_ *sensitivity.Sizing, z sensitivity.Sized) Cell { return sizeBounds(z) }))
	s.part("compared with today's commitments", found(func(s *sensitivity.Sizing, z sensitivity.Sized) Cell {
		if s.Commitment == nil {
			return none()
		}
		return moreOrLess(z.Facility - *s.Commitment)
	}))
	s.row("Replications in which it is not enough", found(func(s *sensitivity.Sizing, z sensitivity.Sized) Cell { return times(s, &z.Short) }))
	s.part("with £1 less", func(s *sensitivity.Sizing) Cell { return times(s, of(s).PoundLess) })
	s.row("Probability that today's is not enough, "+sizesOver(s.sizings), func(s *sensitivity.Sizing) Cell {
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
	var all []montecarlo.Conventions
	for _, curve := range curves {
		all = append(all, curve.Conventions)
	}
	t := Table{
		Title: "Probability that today's facility is not enough, by the cost of delivery",
		About: []string{fmt.Sprintf("%s replications of each run %s, seed %d. This is a curve and not one number, because the cost is not known.",
			words.Count(float64(c.Replications)), overIn(all...), c.Seed)},
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
			if i >= len(curve.Points) || curve.Points[i].Capital == nil { // it was run at other values, or costs nothing
				cells = append(cells, text(""))
				continue
			}
			cells = append(cells, chanceErr(curve.Points[i].Capital.Short))
		}
		t.add(cells...)
	}
	return t
}
