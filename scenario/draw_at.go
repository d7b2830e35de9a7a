package scenario

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// At sets every input to a value, in the order of Inputs, as [Drawn.Values] has them:
// of a list one of its values or places, of alternatives the place, counted from 0. What
// is uncertain only under an alternative that is not chosen is not looked at. The error
// is an *Again for values that cannot be together, and otherwise names the input whose
// value is none.
func (d *Drawer) At(values []float64) (Drawn, error) {
	if d.version == nil {
		return Drawn{}, errors.New("there is nothing to draw from: make a Drawer with Version.Drawer")
	}
	if len(values) != len(d.inputs) {
		return Drawn{}, fmt.Errorf("there are %d values for %d uncertain inputs", len(values), len(d.inputs))
	}
	for i, x := range values {
		path := string(d.inputs[i].Path)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return Drawn{}, located.At(path, "the value is %v: it must be a finite number", x)
		}
		if places := len(d.inputs[i].Values); ofAlternatives(d.inputs[i]) && !(x == math.Trunc(x) && x >= 0 && int(x) < places) {
			return Drawn{}, located.At(path, "there is no alternative %v: they are counted from 0 to %d", x, places-1)
		}
	}
	copy(d.values, values)
	choice, err := d.choose(func(o open) int { return int(values[o.input]) })
	if err != nil {
		return Drawn{}, err
	}
	if err := choice.check(values); err != nil {
		return Drawn{}, err
	}
	return choice.draw(d.values)
}

// check refuses a value that a list does not have, and shares that do not add up to 1.
func (n *drawn) check(values []float64) error {
	for i, u := range n.inputs {
		is := func(w uncertain.Weighted) bool { return w.Value == values[i] }
		if u.Path != "" && len(u.Values) > 0 && !slices.ContainsFunc(u.Law.Values, is) {
			return located.At(string(u.Path), "%v is not in the list of its values", values[i])
		}
	}
	for _, block := range n.blocks {
		sum := 0.0
		for _, i := range block {
			sum += values[i]
		}
		if math.Abs(sum-1) > 1e-9 {
			return located.At(string(n.inputs[block[0]].Shares), "the shares add up to %v and not to 1", sum)
		}
	}
	return nil
}
