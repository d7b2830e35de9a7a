package report

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// StressGrid lays out a case at every pair of values of two drivers: one figure, the one
// that stresses are sorted by. A table for a spreadsheet has a row for each pair with
// every figure and its error.
func StressGrid(g *sensitivity.Gridded, by sensitivity.Order) []Table {
	if g == nil || !readable(g.Version) || len(g.Cells) == 0 || g.Unchanged.Capital == nil {
		return nothing("what sensitivity.Grid returned for a programme with delivery terms")
	}
	t := Table{
		Title:   titleOf(g.Version) + ": " + gridFigure(by, g.Party),
		About:   append(append([]string{caseLine(g.Version)}, changedLines(g.Version)...), words.Capital(costsFrom(g.Version))+"; "+runLine(g.Conventions, " of each run")),
		Columns: textColumns(g.Down.Name + " ↓, " + g.Across.Name + " →"),
	}
	for _, p := range g.Cells[0] {
		t.Columns = append(t.Columns, figureColumns(g.Across.Text(p.Value))...)
	}
	scale := gridScale(g, by)
	for i, row := range g.Cells {
		cells := texts(g.Down.Text(g.DownValues[i]))
		for _, p := range row {
			cells = append(cells, gridCell(p, by, scale))
		}
		t.add(cells...)
	}
	t.Notes = append([]string{
		fmt.Sprintf("As the case stands, with %s at %s and %s at %s: %s.", g.Across.Name, g.Across.Text(g.Across.Neutral), g.Down.Name, g.Down.Text(g.Down.Neutral), gridCell(g.Unchanged, by, scale).Text),
		gridErrors(g, by),
		words.Capital(g.Across.Name) + ": " + g.Across.Note + ".", words.Capital(g.Down.Name) + ": " + g.Down.Note + ".",
	}, manyRuns(g.Conventions, g.Version)...)
	return inCurrency(g.Version.Programme, append(modelled(t), gridSheet(g))...)
}

// gridFigure is the figure of a grid, in words.
func gridFigure(by sensitivity.Order, party string) string {
	switch by {
	case sensitivity.BySurplus:
		return "surplus, receipts less cost of delivery, mean"
	case sensitivity.ByShortfall:
		return "probability that the facility is not enough"
	case sensitivity.ByHurdle:
		return "probability that " + whose(party) + " earns less than the hurdle"
	}
	return "facility needed for 95% confidence"
}

// gridCell is the figure of one pair.
func gridCell(p sensitivity.Point, by sensitivity.Order, scale scale) Cell {
	switch by {
	case sensitivity.BySurplus:
		return amountOf(p.Capital.Surplus.Mean, scale)
	case sensitivity.ByShortfall:
		return chance(p.Capital.Short)
	case sensitivity.ByHurdle:
		return chance(p.Capital.Misses)
	}
	return amountOf(quantileOf(p.Capital.FacilityNeeded, 0.95).Value, scale)
}

// gridScale is how the amounts are written: in thousands if any of them is large.
func gridScale(g *sensitivity.Gridded, by sensitivity.Order) scale {
	for _, row := range g.Cells {
		for _, p := range row {
			v := quantileOf(p.Capital.FacilityNeeded, 0.95).Value
			if by == sensitivity.BySurplus {
				v = p.Capital.Surplus.Mean
			}
			if large(v) {
				return inThousands
			}
		}
	}
	return inPounds
}

// gridErrors says how well the figure is known, at worst.
func gridErrors(g *sensitivity.Gridded, by sensitivity.Order) string {
	var facility precision
	var most float64
	for _, row := range g.Cells {
		for _, p := range row {
			if p.Capital.Surplus.StdErr == nil {
				return oneReplication
			}
			switch by {
			case sensitivity.BySurplus:
				most = max(most, *p.Capital.Surplus.StdErr)
			case sensitivity.ByShortfall:
				most = max(most, orZero(p.Capital.Short.StdErr))
			case sensitivity.ByHurdle:
				most = max(most, orZero(p.Capital.Misses.StdErr))
			default:
				q := quantileOf(p.Capital.FacilityNeeded, 0.95)
				facility.of(0.95, &q.Value, q.Low, q.High)
			}
		}
	}
	switch by {
	case sensitivity.BySurplus:
		return fmt.Sprintf("Monte Carlo error at most %s (one standard error). All cells use the same random numbers.", words.Pounds(most))
	case sensitivity.ByShortfall, sensitivity.ByHurdle:
		return fmt.Sprintf("Monte Carlo error at most %.1f percentage points (one standard error). All cells use the same random numbers.", 100*most)
	}
	return fmt.Sprintf("Monte Carlo error at most %s (95%% confidence).%s All cells use the same random numbers.", words.Pounds(facility.most), leftOpen(facility))
}

// gridSheet has a row for each pair.
func gridSheet(g *sensitivity.Gridded) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "case", "party", "across", "across_unit", "down", "down_unit"), figureColumns(
		"across_value", "down_value", "facility_p50_GBP", "facility_p95_GBP", "facility_p95_low_GBP", "facility_p95_high_GBP",
		"probability_not_enough", "probability_not_enough_standard_error", "surplus_mean_GBP", "surplus_standard_error_GBP",
		"probability_loses", "probability_loses_standard_error", "probability_misses_hurdle", "probability_misses_hurdle_standard_error",
		"payments_mean_GBP", "payments_standard_error_GBP", "net_public_saving_mean_GBP", "net_public_saving_standard_error_GBP")...), textColumns("replications", "seed", "price_base")...)}
	for i, row := range g.Cells {
		for _, p := range row {
			c := p.Capital
			cells := append(texts(g.Version.Programme.Name, g.Version.Name(), named(g.Party), g.Across.Name, g.Across.Unit, g.Down.Name, g.Down.Unit),
				bareCell(p.Value, g.Across.Unit), bareCell(g.DownValues[i], g.Down.Unit))
			p95 := quantileOf(c.FacilityNeeded, 0.95)
			cells = append(cells, bareCell(quantileOf(c.FacilityNeeded, 0.5).Value, unitPounds), bareCell(p95.Value, unitPounds), orNothing(p95.Low, unitPounds), orNothing(p95.High, unitPounds))
			cells = append(cells, probabilityCells(c.Short)...)
			cells = append(cells, poundsCells(c.Surplus.Mean, c.Surplus.StdErr)...)
			for _, chance := range []montecarlo.ProbabilityOf{c.Loses, c.Misses} {
				cells = append(cells, probabilityCells(chance)...)
			}
			cells = append(cells, poundsCells(p.Payments.Mean, p.Payments.StdErr)...)
			cells = append(cells, poundsCells(p.NetPublic.Mean, p.NetPublic.StdErr)...)
			t.add(append(cells, append(runCells(g.Conventions), text(g.Conventions.PriceBase))...)...)
		}
	}
	return t
}
