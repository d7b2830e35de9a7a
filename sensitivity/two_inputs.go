package sensitivity

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// TwoInputs is a figure of the central projection at every pair of values of two inputs,
// and where it is 0.
type TwoInputs struct {
	Version *scenario.Version `json:"version"`
	Measure montecarlo.Key    `json:"measure"`
	Prices  contract.Prices   `json:"prices"`
	Central float64           `json:"central"`
	Across  Axis              `json:"across"`
	Down    Axis              `json:"down"`
	// Cells are the figure by value of Down and, in a row, by value of Across; NaN, which
	// JSON has as null, where it is not defined.
	Cells [][]Figure `json:"cells"`
	// BreakEven are the points at which the figure is 0, by linear interpolation between
	// neighbouring cells of a row or of a column; none where it has one sign throughout.
	BreakEven []BreakEven `json:"break_even,omitempty"`
}

// Figure is a number that may not be defined.
type Figure float64

// MarshalJSON writes null where it is not defined.
func (f Figure) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) {
		return []byte("null"), nil
	}
	return fmt.Appendf(nil, "%v", float64(f)), nil
}

// BreakEven is a pair of values at which a figure is 0.
type BreakEven struct {
	Across float64 `json:"across"`
	Down   float64 `json:"down"`
}

// Axis is one of the two inputs: an uncertain input of the file over its own range, or a
// driver over its range.
type Axis struct {
	Name   string    `json:"name"`
	Values []float64 `json:"values"`
	Labels []string  `json:"labels"`
	// Input or Driver is what it is.
	Input  *model.Uncertain `json:"input,omitempty"`
	Driver *Driver          `json:"driver,omitempty"`
}

// axisPoints is how many values an axis has.
const axisPoints = 9

// GridOf works a figure of the central projection out at pairs of values of two inputs.
// Each is named by its path in the file or by its name in words, if it is uncertain, or is
// a driver of [Drivers]. The values of an uncertain input are at even steps from the 5% to
// the 95% point of its law. A name that is none of these is a *[scenario.NameError].
func GridOf(ctx context.Context, v *scenario.Version, prices contract.Prices, measure montecarlo.Key, across, down string) (*TwoInputs, error) {
	t, err := centralOf(v, prices, measure)
	if err != nil {
		return nil, err
	}
	g := &TwoInputs{Version: t.Version, Measure: t.Measure, Prices: prices, Central: t.Central}
	for _, side := range []struct {
		axis *Axis
		name string
	}{{&g.Across, across}, {&g.Down, down}} {
		if *side.axis, err = axisOf(v, side.name); err != nil {
			return nil, err
		}
	}
	if g.Across.Name == g.Down.Name {
		return nil, fmt.Errorf("%q is on both sides of the grid: name two inputs", g.Across.Name)
	}
	if err := g.fill(ctx); err != nil {
		return nil, err
	}
	g.BreakEven = g.breakEven()
	return g, nil
}

// axisOf finds an input by what a person calls it.
func axisOf(v *scenario.Version, name string) (Axis, error) {
	unknown := &scenario.NameError{What: "input", Name: name}
	for _, u := range v.Programme.Uncertain {
		said := inputname.Of(u)
		if name == string(u.Path) || strings.EqualFold(name, said) {
			return inputAxis(u), nil
		}
		unknown.Valid = append(unknown.Valid, said)
	}
	if d, ok := driverNamed(v.Document(), name); ok {
		return driverAxis(v, d)
	}
	for _, d := range Drivers(v.Document()) {
		unknown.Valid = append(unknown.Valid, d.Name)
	}
	return Axis{}, unknown
}

func inputAxis(u model.Uncertain) Axis {
	a := Axis{Name: inputname.Of(u), Input: &u}
	ends := endsOf(u)
	if len(u.Values) > 0 { // a list has no values between its own
		ends = nil
		for _, w := range u.Law.Values {
			ends = append(ends, w.Value)
		}
		a.Values = ends
	} else {
		for k := range axisPoints {
			a.Values = append(a.Values, ends[0]+(ends[1]-ends[0])*float64(k)/(axisPoints-1))
		}
	}
	for _, x := range a.Values {
		a.Labels = append(a.Labels, inputname.Value(u, x))
	}
	return a
}

func driverAxis(v *scenario.Version, d Driver) (Axis, error) {
	certain, err := v.Certain()
	if err != nil {
		return Axis{}, err
	}
	if d, err = oneFitted(certain, d); err != nil {
		return Axis{}, err
	}
	a := Axis{Name: d.Name, Driver: &d, Values: d.Values(axisPoints)}
	for _, x := range a.Values {
		a.Labels = append(a.Labels, d.Text(x))
	}
	return a, nil
}

// fill works the cells out: one version for each pair of values of drivers, and in it all
// values of uncertain inputs at once.
func (g *TwoInputs) fill(ctx context.Context) error {
	for range g.Down.Values {
		g.Cells = append(g.Cells, make([]Figure, len(g.Across.Values)))
	}
	rows, columns := g.Down.steps(), g.Across.steps()
	for _, row := range rows {
		for _, column := range columns {
			if err := g.part(ctx, row, column); err != nil {
				return err
			}
		}
	}
	return nil
}

// steps are the places of an axis that one version has: each by itself of a driver, all
// together of an input.
func (a *Axis) steps() (steps [][]int) {
	all := make([]int, len(a.Values))
	for i := range all {
		all[i] = i
		if a.Driver != nil {
			steps = append(steps, []int{i})
		}
	}
	if a.Driver == nil {
		return [][]int{all}
	}
	return steps
}

// edits are those of a driver at one of its values.
func (a *Axis) edits(at int) []scenario.Edit {
	if a.Driver == nil {
		return nil
	}
	return a.Driver.Edits(a.Values[at])
}

// part works out the cells of one version.
func (g *TwoInputs) part(ctx context.Context, rows, columns []int) error {
	v, err := g.Version, error(nil)
	if g.Across.Input == nil && g.Down.Input == nil {
		if v, err = v.Certain(); err != nil {
			return err
		}
	}
	if edits := slices.Concat(g.Across.edits(columns[0]), g.Down.edits(rows[0])); len(edits) > 0 {
		if v, err = v.With("", edits...); err != nil {
			return err
		}
	}
	if g.Across.Input == nil && g.Down.Input == nil {
		projection, err := montecarlo.Central(v, g.Prices)
		if err != nil {
			return err
		}
		total, ok := projection.Totals.Of(g.Measure.Name, keyed(g.Measure)...)
		if !ok {
			total.Value = math.NaN()
		}
		g.Cells[rows[0]][columns[0]] = Figure(total.Value)
		return ctx.Err()
	}
	return g.inputs(ctx, v, rows, columns)
}

// inputs works out the cells of a version at values of its uncertain inputs.
func (g *TwoInputs) inputs(ctx context.Context, v *scenario.Version, rows, across []int) error {
	drawer, err := v.Drawer()
	if err != nil {
		return err
	}
	stated, err := drawer.Stated()
	if err != nil {
		return err
	}
	all := drawer.Inputs()
	var ends []end
	for _, row := range rows {
		for _, column := range across {
			values := stated
			for _, side := range []struct {
				axis *Axis
				at   int
			}{{&g.Across, column}, {&g.Down, row}} {
				if u := side.axis.Input; u != nil {
					at := slices.IndexFunc(all, func(other model.Uncertain) bool { return other.Path == u.Path })
					if at < 0 {
						return fmt.Errorf("%q is not uncertain once %q is changed: choose another pair", g.Down.Name, g.Across.Name)
					}
					values = moved(all, values, at, side.axis.Values[side.at])
				}
			}
			ends = append(ends, end{inputs: values})
		}
	}
	figures, err := montecarlo.CentralAt(ctx, v, []montecarlo.Key{g.Measure}, columns(ends, len(all)), g.Prices)
	if err != nil {
		return err
	}
	for k, x := range figures[0] {
		g.Cells[rows[k/len(across)]][across[k%len(across)]] = Figure(x)
	}
	return nil
}

// breakEven finds where the figure is 0 between neighbours.
func (g *TwoInputs) breakEven() (points []BreakEven) {
	x, y := g.Across.Values, g.Down.Values
	cross := func(a, b Figure) (share float64, ok bool) {
		if a == 0 {
			return 0, true
		}
		return float64(a / (a - b)), float64(a)*float64(b) < 0
	}
	for i, row := range g.Cells {
		for j := range row {
			if j+1 < len(row) {
				if share, ok := cross(row[j], row[j+1]); ok {
					points = append(points, BreakEven{x[j] + share*(x[j+1]-x[j]), y[i]})
				}
			}
			if i+1 < len(g.Cells) && row[j] != 0 {
				if share, ok := cross(row[j], g.Cells[i+1][j]); ok {
					points = append(points, BreakEven{x[j], y[i] + share*(y[i+1]-y[i])})
				}
			}
		}
	}
	return points
}

// Text writes a value of the axis with its unit.
func (a Axis) Text(x float64) string {
	if a.Driver != nil {
		return a.Driver.Text(math.Round(x*1e4) / 1e4)
	}
	return inputname.Value(*a.Input, x)
}
