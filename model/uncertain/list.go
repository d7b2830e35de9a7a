package uncertain

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Weighted is a value of a list with its weight, a probability.
type Weighted struct {
	Value  float64 `json:"value"`
	Weight float64 `json:"weight"`
}

// OfList returns the law of values with weights, which it puts in ascending
// order. The weights add to 1 within 1e-9, and none is below 0.
func OfList(values []Weighted) (Law, error) {
	l := Law{Family: List, Values: slices.Clone(values)}
	slices.SortStableFunc(l.Values, func(a, b Weighted) int {
		switch {
		case a.Value < b.Value:
			return -1
		case a.Value > b.Value:
			return 1
		}
		return 0
	})
	if err := l.Check(); err != nil {
		return Law{}, err
	}
	return l, nil
}

// each is a list with every value changed.
func each(values []Weighted, change func(float64) float64) []Weighted {
	values = slices.Clone(values)
	for i := range values {
		values[i].Value = change(values[i].Value)
	}
	return values
}

// list is the law of values in ascending order.
type list []Weighted

func (d list) check() error {
	if len(d) == 0 {
		return errors.New("a list of values has none: give at least one, with its weight")
	}
	sum := 0.0
	for i, v := range d {
		switch {
		case !finite(v.Value, v.Weight):
			return fmt.Errorf("a list of values has the value %v with the weight %v: give numbers", v.Value, v.Weight)
		case v.Weight < 0:
			return fmt.Errorf("a list of values gives %s the weight %s: no weight may be below 0", exact(v.Value), exact(v.Weight))
		case i > 0 && v.Value < d[i-1].Value:
			return fmt.Errorf("a list of values has %s after %s: put them in ascending order", exact(v.Value), exact(d[i-1].Value))
		}
		sum += v.Weight
	}
	if !(math.Abs(sum-1) <= 1e-9) {
		return fmt.Errorf("the weights of a list of values add to %s: they must add to 1", exact(sum))
	}
	return nil
}

// sum adds up a function of the values by weight.
func (d list) sum(of func(float64) float64) float64 {
	total, weights := 0.0, 0.0
	for _, v := range d {
		total += v.Weight * of(v.Value)
		weights += v.Weight
	}
	return total / weights
}

func (d list) mean() float64 { return d.sum(func(x float64) float64 { return x }) }

func (d list) sd() float64 {
	m := d.mean()
	return math.Sqrt(d.sum(func(x float64) float64 { return (x - m) * (x - m) }))
}

// quantile is the first value at which the weights reach u. They may fall short
// of it by rounding; then it is the last value that has any.
func (d list) quantile(u float64) float64 {
	reached, last := 0.0, d[0].Value
	for _, v := range d {
		if v.Weight == 0 {
			continue
		}
		reached, last = reached+v.Weight, v.Value
		if reached >= u {
			break
		}
	}
	return last
}

func (d list) above(x float64) float64 {
	return min(1, d.sum(func(value float64) float64 { return indicator(value > x) }))
}

// indicator is 1 if so, or else 0.
func indicator(so bool) float64 {
	if so {
		return 1
	}
	return 0
}

func (d list) words() string {
	text := make([]string, len(d))
	for i, v := range d {
		text[i] = fmt.Sprintf("%s (%s)", figures(v.Value), words.Percent(v.Weight))
	}
	return string(List) + ": " + strings.Join(text, ", ")
}
