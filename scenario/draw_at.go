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

// Stated are the values of the inputs in the central projection, in the order of Inputs:
// as [Drawer.At] takes them. Of alternatives that is the first.
func (d *Drawer) Stated() ([]float64, error) {
	if d.version == nil {
		return nil, errors.New("there is nothing to draw from: make a Drawer with Version.Drawer")
	}
	choice, err := d.choose(func(open) int { return 0 })
	if err != nil {
		return nil, err
	}
	stated := make([]float64, len(d.inputs))
	for i, u := range d.inputs {
		if !ofAlternatives(u) {
			stated[i] = u.Law.Mean() // which is the value that is stated, but for a list
		}
	}
	for _, t := range choice.targets {
		if t.own < 0 || len(choice.inputs[t.own].Values) == 0 {
			continue
		}
		u := choice.inputs[t.own]
		stated[t.own] = u.Law.Values[0].Value
		for i, w := range u.Law.Values {
			if w.Value == t.stated || t.node != nil && i < len(u.Values) && u.Values[i] == t.node.text {
				stated[t.own] = w.Value
			}
		}
	}
	return stated, nil
}
