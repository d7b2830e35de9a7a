package montecarlo

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Key says which figure of a result a value is.
type Key struct {
	// Name is what is measured: the name of a [Measure].
	Name string `json:"name"`
	// Of narrows it to one cohort, council, metric, payer, state, party,
	// target or tier; empty means all together.
	Of string `json:"of,omitempty"`
	// Arm is the arm that it is measured in; empty where there is only one.
	Arm string `json:"arm,omitempty"`
	// Unit is that of the measure, but of payable units it is what the metric
	// counts, such as "weeks" or "milestones".
	Unit Unit `json:"unit"`
}

// String returns the key in words: "outcome payments, Derby".
func (k Key) String() string {
	words := []string{k.Name}
	if k.Of != "" {
		words = append(words, k.Of)
	}
	if k.Arm != "" {
		words = append(words, k.Arm)
	}
	return strings.Join(words, ", ")
}

// ReadKey reads a key as [Key.String] writes it: a measure and, after commas, what it is
// narrowed to and the arm, as in "net saving, Derby". Whether a programme has that figure
// is known once it is looked up: see [List.Find]. A measure that is not in the list is a
// *[scenario.NameError].
func ReadKey(text string) (Key, error) {
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
		if parts[i] == "" {
			return Key{}, fmt.Errorf("%q: nothing stands on one side of a comma: write a measure and, after a comma, a council, payer, cohort or party", text)
		}
	}
	for n := len(parts); n > 0; n-- { // the name of a measure may have a comma too
		i, ok := measureIndex[strings.Join(parts[:n], ", ")]
		if !ok {
			continue
		}
		k, of := Key{Name: measures[i].Name, Unit: measures[i].Unit}, parts[n:]
		if measures[i].Arms && len(of) > 0 {
			of, k.Arm = of[:len(of)-1], of[len(of)-1]
		}
		k.Of = strings.Join(of, ", ")
		return k, nil
	}
	_, err := MeasureOf(parts[0])
	return Key{}, err
}

// NeedsDelivery reports whether only a programme that states delivery terms has
// the figure.
func (k Key) NeedsDelivery() bool {
	i, ok := measureIndex[k.Name]
	if !ok {
		return false
	}
	group := measures[i].Group
	return group == ofCapital || group == ofReturns
}

// is reports whether the key is that of a figure by name, whom or what it is of,
// and arm.
func (k Key) is(name string, of []string) bool {
	switch len(of) {
	case 0:
		return k.Name == name && k.Of == "" && k.Arm == ""
	case 1:
		return k.Name == name && k.Of == of[0] && k.Arm == ""
	case 2:
		return k.Name == name && k.Of == of[0] && k.Arm == of[1]
	}
	return false
}

// List is figures of one kind, each with its [Key].
type List[T interface {
	is(name string, of []string) bool
	key() Key
}] []T

// Of returns the figure of a measure, and whether the list has it: of all
// together, of one cohort, council, metric, payer, party, state or target, and of
// one arm of that.
//
//	result.Totals.Of(montecarlo.Payments)
//	result.Totals.Of(montecarlo.Payments, "Derby")
//	result.Totals.Of("weeks lived in to the horizon", "foster", "intervention")
func (l List[T]) Of(name string, of ...string) (figure T, ok bool) {
	for _, one := range l {
		if one.is(name, of) {
			return one, true
		}
	}
	return figure, false
}

// Find is Of with an error in place of a figure that is not there: a
// *[scenario.NameError] that names the nearest measure of the list or, of a measure that
// it has, the nearest council, payer, party and so on.
//
//	paid, err := result.Totals.Find(montecarlo.Payments, "Derby")
func (l List[T]) Find(name string, of ...string) (T, error) {
	if figure, ok := l.Of(name, of...); ok {
		return figure, nil
	}
	var none T
	measures, whose := &scenario.NameError{What: "measure", Name: name}, &scenario.NameError{What: "figure"}
	for _, one := range l {
		k := one.key()
		if !slices.Contains(measures.Valid, k.Name) {
			measures.Valid = append(measures.Valid, k.Name)
		}
		if k.Name == name {
			whose.Valid = append(whose.Valid, k.String())
		}
	}
	if len(whose.Valid) == 0 {
		return none, measures
	}
	whose.Name = strings.Join(append([]string{name}, of...), ", ")
	return none, whose
}

// key is the key itself, for figures that have one.
func (k Key) key() Key { return k }

// Unit is what a figure is counted in.
type Unit string

// The units.
const (
	Pounds      Unit = words.PoundSign // of the currency and in the price base of the conventions
	Children    Unit = "children"
	Weeks       Unit = "weeks"       // child-weeks
	Units       Unit = "units"       // of a measure: each metric has its own, such as weeks or milestones
	Ratio       Unit = "ratio"       // £ per £
	Probability Unit = "probability" // 0 to 1
	Share       Unit = "share"       // of the children of a cohort: 0.609 is 60.9%
	Days        Unit = "days"        // calendar days
	Rate        Unit = "rate"        // effective yearly rate: 0.08 is 8%
)
