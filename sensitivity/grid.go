package sensitivity

import (
	"context"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Gridded is a case at every pair of values of two drivers.
type Gridded struct {
	Version *scenario.Version `json:"version"`
	Party   string            `json:"party"` // whose loss, hurdle and rate of return these are
	Across  Driver            `json:"across"`
	Down    Driver            `json:"down"`
	// DownValues are the values of Down, one for each row of cells.
	DownValues []float64 `json:"down_values"`
	// Cells are the runs, by the value of Down and, in a row, by that of Across, which
	// is the Value of the point.
	Cells       [][]Point              `json:"cells"`
	Unchanged   Point                  `json:"unchanged"`   // the case as it is
	Conventions montecarlo.Conventions `json:"conventions"` // of the case as it is
}

// mostCells bounds how many runs a grid may take.
const mostCells = 400

// Grid runs a case at every pair of values of two drivers, all with common random
// numbers. Nil values stand for up to five of a driver: its neutral value, the ends of
// its range and those half-way. What the first driver changes is changed first. More than
// 400 pairs are an error, and so is one driver twice.
func Grid(ctx context.Context, v *scenario.Version, across, down Driver, acrossValues, downValues []float64, o Options) (*Gridded, error) {
	var err error
	for _, side := range []*Driver{&across, &down} {
		if v.Document() == nil {
			break
		}
		if *side, err = oneFitted(v, *side); err != nil {
			return nil, err
		}
	}
	if acrossValues, err = across.gridValues(acrossValues); err != nil {
		return nil, err
	}
	if downValues, err = down.gridValues(downValues); err != nil {
		return nil, err
	}
	cells := len(acrossValues) * len(downValues)
	switch {
	case across.Name == down.Name:
		return nil, fmt.Errorf("driver %q is on both sides of the grid: name two drivers", across.Name)
	case cells > mostCells:
		return nil, fmt.Errorf("a grid of %d by %d values takes %d runs: at most %d are allowed, so give fewer values", len(acrossValues), len(downValues), cells, mostCells)
	}
	runs, err := o.versions(v, 1+cells)
	if err != nil {
		return nil, err
	}
	base, err := runs.run(ctx)
	if err != nil {
		return nil, err
	}
	g := &Gridded{
		Version: base.Version, Party: o.party(), Across: across, Down: down, DownValues: downValues,
		Unchanged: pointOf(base, across.Neutral, o.party()), Conventions: base.Conventions,
	}
	for _, y := range downValues {
		var row []Point
		for _, x := range acrossValues {
			one, err := runs.with(ctx, "", slices.Concat(across.Edits(x), down.Edits(y))...)
			if err != nil {
				return nil, fmt.Errorf("driver %q at %s with %q at %s: %w", across.Name, across.Text(x), down.Name, down.Text(y), err)
			}
			row = append(row, pointOf(one, x, o.party()))
		}
		g.Cells = append(g.Cells, row)
	}
	return g, nil
}

// gridValues are the values of a driver in a grid, in order.
func (d Driver) gridValues(values []float64) ([]float64, error) {
	if err := d.validate(); err != nil {
		return nil, err
	}
	if values == nil {
		for _, x := range []float64{d.From, (d.From + d.Neutral) / 2, d.Neutral, (d.Neutral + d.To) / 2, d.To} {
			values = append(values, min(max(d.value(d.steps(x)), d.From), d.To))
		}
		if d.From == d.Neutral || d.To == d.Neutral { // nothing lies on one side
			values = d.Values(5)
		}
	}
	for _, x := range values {
		if !finite(x) {
			return nil, fmt.Errorf("driver %q at %v: a value must be a finite number", d.Name, x)
		}
	}
	if len(values) == 0 {
		return nil, fmt.Errorf("driver %q has no values in the grid: give at least one", d.Name)
	}
	values = slices.Clone(values)
	slices.Sort(values)
	return slices.Compact(values), nil
}
