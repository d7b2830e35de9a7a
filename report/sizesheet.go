package report

import (
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// sizeSheets are a table of facilities by case, with receipts recycled and
// without, and one of the curves if there are any. The cost of delivery is a
// factor.
func sizeSheets(sizings []*sensitivity.Sizing, curves []*sensitivity.Curved) []Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "receipts"), figureColumns(
		"confidence", "facility_GBP", "low_GBP", "high_GBP", "probability_not_enough", "probability_with_1_GBP_less",
		"committed_today_GBP", "probability_today_not_enough", "standard_error")...), textColumns("replications", "seed", "price_base")...)}
	for _, s := range sizings {
		t.add(sizedCells(s, "recycled", s.Recycled)...)
		t.add(sizedCells(s, "not recycled", s.Drawn)...)
	}
	if len(curves) == 0 {
		return []Table{t}
	}
	over := Table{Sheet: true, Columns: append(append(textColumns("programme", "case"), figureColumns(
		"cost_of_delivery_factor", "probability_not_enough", "standard_error")...), textColumns("replications", "seed", "price_base")...)}
	for _, c := range curves {
		for _, p := range c.Points {
			if p.Capital == nil { // a programme that costs nothing to run
				continue
			}
			cells := append(texts(c.Version.Programme.Name, c.Version.Name()), bareCell(p.Value, c.Driver.Unit))
			cells = append(cells, probabilityCells(p.Capital.Short)...)
			over.add(append(cells, append(runCells(c.Conventions), text(c.Conventions.PriceBase))...)...)
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
	return append(cells, append(runCells(s.Conventions), text(s.Conventions.PriceBase))...)
}
