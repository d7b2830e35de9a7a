package sensitivity

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// RangeOf is whose range a bar of a tornado is.
type RangeOf string

// The kinds of range.
const (
	ownRange  RangeOf = "own range"     // from the 5% to the 95% point of what the file says of the input
	fileRange RangeOf = "range of file" // between two variants that the file names
	FixedStep RangeOf = "fixed step"    // a round figure of this package: the file says nothing
	lowPoint          = 0.05            // of an own range
	highPoint         = 1 - lowPoint    // the same
)

// TornadoOfRanges works out a figure of the central projection with each input at both
// ends of its own range, all others being at their stated values: from the 5% to the 95%
// point of what the file says is uncertain, and each alternative that it names. Then come
// the ranges that the file states between variants, and the fixed steps of [Inputs] for
// numbers that have no range, which they move alone. Every input of the programme's register that no bar moves is
// listed, but for published figures, which the model does not use. Shares that add up to 1 keep their proportions beside the one that is moved.
func TornadoOfRanges(ctx context.Context, v *scenario.Version, prices contract.Prices, measure montecarlo.Key) (*Tornadoed, error) {
	t, err := centralOf(v, prices, measure)
	if err != nil {
		return nil, err
	}
	if err := t.ownRanges(ctx, v); err != nil {
		return nil, err
	}
	moved := movedBy(v.Programme.Uncertain)
	if err := t.otherRanges(ctx, v, &moved); err != nil {
		return nil, err
	}
	for _, in := range v.Programme.Register {
		if !within(in.Path, "published") && !slices.ContainsFunc(moved, func(path model.Path) bool { return within(in.Path, path) || within(path, in.Path) }) {
			t.Unmoved = append(t.Unmoved, in.Path)
		}
	}
	slices.SortStableFunc(t.Bars, func(a, b Bar) int { return cmp.Compare(b.Swing, a.Swing) })
	return t, nil
}

// centralOf is a tornado without bars: the figure with every input at its stated value.
func centralOf(v *scenario.Version, prices contract.Prices, measure montecarlo.Key) (*Tornadoed, error) {
	if err := runnable(v); err != nil {
		return nil, err
	}
	if v.Document() == nil {
		return nil, scenario.ErrNoDocument
	}
	projection, err := montecarlo.Central(v, prices)
	if err != nil {
		return nil, err
	}
	total, err := projection.Totals.Find(measure.Name, keyed(measure)...)
	if err != nil {
		if measure.NeedsDelivery() && v.Programme.Delivery == nil {
			return nil, missing(v.Programme, measure.Name, keyed(measure))
		}
		return nil, err
	}
	return &Tornadoed{Version: projection.Version, Measure: total.Key, Prices: prices, Central: total.Value}, nil
}

// movedBy are the settings that uncertain inputs move.
func movedBy(inputs []model.Uncertain) (moved []model.Path) {
	for _, u := range inputs {
		moved = append(moved, u.Path)
		moved = append(moved, u.Multiplies...)
	}
	return moved
}

// within reports whether a setting is another one, or stands inside it.
func within(path, outer model.Path) bool {
	return path == outer || strings.HasPrefix(string(path), string(outer)+".")
}

// ownRanges adds a bar for each uncertain input.
func (t *Tornadoed) ownRanges(ctx context.Context, v *scenario.Version) error {
	drawer, err := v.Drawer()
	if err != nil || drawer == nil {
		return err
	}
	inputs := drawer.Inputs()
	stated, err := drawer.Stated()
	if err != nil {
		return err
	}
	var ends []end
	for i, u := range inputs {
		if !slices.ContainsFunc(v.Programme.Uncertain, func(own model.Uncertain) bool { return own.Path == u.Path }) {
			t.LeftOut = append(t.LeftOut, Input{Name: inputname.Of(u), LeftOut: "it is uncertain only under an alternative that is not the stated one"})
			continue
		}
		if otherOfTwo(inputs, i) {
			continue // its bar is that of the first, turned round
		}
		for _, x := range endsOf(u) {
			ends = append(ends, end{i, x, moved(inputs, stated, i, x)})
		}
	}
	values, err := montecarlo.CentralAt(ctx, v, []montecarlo.Key{t.Measure}, columns(ends, len(inputs)), t.Prices)
	if err != nil {
		return err
	}
	for from := 0; from < len(ends); {
		to := from + 1
		for to < len(ends) && ends[to].input == ends[from].input {
			to++
		}
		t.addOwn(inputs[ends[from].input], ends[from:to], values[0][from:to])
		from = to
	}
	return nil
}

// end is one input at an end of its range, with the values of all inputs then.
type end struct {
	input  int
	value  float64
	inputs []float64
}

// endsOf are the ends of an input's own range: of alternatives each of them.
func endsOf(u model.Uncertain) (ends []float64) {
	if ofAlternatives(u) {
		for _, w := range u.Law.Values {
			if w.Weight > 0 {
				ends = append(ends, w.Value)
			}
		}
		return ends
	}
	return []float64{u.Law.Quantile(lowPoint), u.Law.Quantile(highPoint)}
}

// ofAlternatives reports whether an input is which of several variants holds.
func ofAlternatives(u model.Uncertain) bool {
	return strings.HasPrefix(string(u.Path), "alternatives.")
}

// moved are the stated values with one of them changed, and with it the others of shares
// that add up to 1.
func moved(inputs []model.Uncertain, stated []float64, i int, x float64) []float64 {
	values := slices.Clone(stated)
	values[i] = x
	if block := inputs[i].Shares; block != "" {
		for j, u := range inputs {
			if j != i && u.Shares == block {
				values[j] *= (1 - x) / (1 - stated[i])
			}
		}
	}
	return values
}

// otherOfTwo reports whether an input is the second of two shares that add up to 1.
func otherOfTwo(inputs []model.Uncertain, i int) bool {
	number, earlier := 0, false
	for j, u := range inputs {
		if u.Shares != "" && u.Shares == inputs[i].Shares {
			number, earlier = number+1, earlier || j < i
		}
	}
	return number == 2 && earlier
}

// columns are values by input of so many draws.
func columns(ends []end, inputs int) [][]float64 {
	all := make([][]float64, inputs)
	for i := range all {
		for _, e := range ends {
			all[i] = append(all[i], e.inputs[i])
		}
	}
	return all
}

// addOwn adds the bar of one input. The alternatives of a bar are those with the lowest and
// the highest figure.
func (t *Tornadoed) addOwn(u model.Uncertain, ends []end, figures []float64) {
	name := inputname.Of(u)
	if slices.ContainsFunc(figures, math.IsNaN) || len(figures) == 0 {
		t.Undefined = append(t.Undefined, name)
		return
	}
	low, high := 0, len(figures)-1
	if ofAlternatives(u) {
		for k, x := range figures {
			if x < figures[low] {
				low = k
			}
			if x > figures[high] {
				high = k
			}
		}
	}
	t.Bars = append(t.Bars, Bar{
		Name: name, Range: ownRange, Input: &u, Low: figures[low], High: figures[high],
		LowLabel: inputname.Value(u, ends[low].value), HighLabel: inputname.Value(u, ends[high].value),
		Swing: max(t.Central, figures[low], figures[high]) - min(t.Central, figures[low], figures[high]),
	})
}

// otherRanges adds the ranges that the file states between variants, and a fixed step for
// every common input some number of which has no range of its own.
func (t *Tornadoed) otherRanges(ctx context.Context, v *scenario.Version, moved *[]model.Path) error {
	certain, err := v.Certain() // so that a step is not held back by how far a range reaches
	if err != nil {
		return err
	}
	projected := &Tornadoed{Version: certain, Measure: t.Measure, Prices: t.Prices, Central: t.Central}
	inputs, left := inputsOf(v.Document())
	t.LeftOut = append(t.LeftOut, left...)
	for _, input := range inputs {
		if err := ctx.Err(); err != nil {
			return err
		}
		var paths []model.Path
		whole := len(input.Low) + len(input.High)
		if !input.stated {
			input.Low, err = without(certain, input.Low, *moved, &paths)
		}
		if err == nil && !input.stated {
			input.High, err = without(certain, input.High, *moved, &paths)
		}
		if err == nil && len(input.Low)+len(input.High) == 0 {
			continue // each of its numbers has a range of its own
		}
		if len(input.Low)+len(input.High) < whole {
			input.Name += " where no range is stated"
		}
		if input.stated {
			_, err = without(certain, slices.Concat(input.Low, input.High), nil, &paths)
		}
		var bar Bar
		ok := false
		if err == nil {
			bar, ok, err = projected.bar(input)
		}
		switch {
		case err != nil:
			input.LeftOut = firstFault("", err).Error()
			t.LeftOut = append(t.LeftOut, input)
			continue
		case !ok:
			t.Undefined = append(t.Undefined, input.Name)
			continue
		}
		bar.Range = FixedStep
		if input.stated {
			bar.Range = fileRange
		}
		t.Bars = append(t.Bars, bar)
		*moved = append(*moved, paths...)
	}
	return nil
}

// covered reports whether every setting has a range of its own.
func covered(paths, ranges []model.Path) bool {
	if len(paths) == 0 {
		return false
	}
	for _, path := range paths {
		if !slices.ContainsFunc(ranges, func(r model.Path) bool { return within(path, r) || within(r, path) }) {
			return false
		}
	}
	return true
}

// without are edits but for those all of whose settings have a range of their own. The
// settings of the others are added to paths, without stars.
func without(v *scenario.Version, edits []scenario.Edit, ranges []model.Path, paths *[]model.Path) (left []scenario.Edit, err error) {
	for _, one := range edits {
		with, err := v.With("", one)
		if err != nil {
			return nil, err
		}
		var changes []model.Path
		for _, c := range with.Changes[len(v.Changes):] {
			changes = append(changes, model.Path(c.Path))
		}
		if !covered(changes, ranges) {
			left, *paths = append(left, one), append(*paths, changes...)
		}
	}
	return left, nil
}
