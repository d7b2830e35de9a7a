package sensitivity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Driver is one number on which a programme depends, and the range over which it
// is worth asking about. It is plain data: make one for any setting of a file,
// or take those of [Drivers].
type Driver struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"` // what a value of it stands for
	// Unit is what values are in: "×" for a factor on what the file says,
	// "£ a week", "% a year", or the plural of what is counted, such as "days".
	Unit string `json:"unit"`
	// One is the singular of a unit that is counted: "day". Default: the unit.
	One string `json:"one,omitempty"`
	// From and To are the ends of the range, and Neutral the value in it that
	// changes nothing.
	From    float64 `json:"from"`
	To      float64 `json:"to"`
	Neutral float64 `json:"neutral"`
	// Step is how finely the driver is worth knowing: [Reverse] tries only
	// multiples of it, and Neutral must be one.
	Step float64 `json:"step"`
	// Changes are what a value does to the programme.
	Changes []Change `json:"changes"`
}

// Change is what the value of a driver does to one setting, or to several where
// its path has stars.
type Change struct {
	Path string    `json:"path"` // as in [scenario.Edit]
	Does Operation `json:"does"`
	Unit string    `json:"unit,omitempty"` // written after the value: " days", "%"; empty for factors and amounts
	// Scale multiplies the value before it is written; 0 means 1.
	Scale float64 `json:"scale,omitempty"`
}

// Operation is what the value of a driver does to the number or date that a
// setting has. Empty means Multiply.
type Operation string

// The operations.
const (
	Multiply Operation = "multiply" // the number by the value
	Add      Operation = "add"      // the value to the number or date
	Put      Operation = "put"      // the value in its place
)

// Edits returns the edits that give the driver a value.
func (d Driver) Edits(x float64) []scenario.Edit {
	var edits []scenario.Edit
	for _, c := range d.Changes {
		edits = append(edits, c.edit(x))
	}
	return edits
}

// decimals is to how many places values are written in edits.
const decimals = 9

func (c Change) edit(x float64) scenario.Edit {
	if c.Scale != 0 {
		x *= c.Scale
	}
	if !finite(x) { // a fault of the version that it is applied to
		return scenario.Plus(c.Path, fmt.Sprint(x))
	}
	value := decimal.NewFromFloat(x).Round(decimals)
	switch c.Does {
	case Add:
		return scenario.Plus(c.Path, value.String()+c.Unit)
	case Put:
		return scenario.Set(c.Path, value.String()+c.Unit)
	}
	return scenario.Times(c.Path, value)
}

// The units that are not counted.
const (
	factor      = "×"
	poundsAWeek = "£ a week"
	pounds      = "£"
	aYear       = "% a year"
)

// Text writes a value of the driver with its unit: "× 0.8", "£4,000 a week",
// "1 month", "91 days".
func (d Driver) Text(x float64) string {
	if x = rounded(x); !finite(x) {
		return fmt.Sprint(x)
	}
	number := strconv.FormatFloat(x, 'f', -1, 64)
	switch d.Unit {
	case factor:
		return "× " + number
	case poundsAWeek:
		return weekly(decimal.NewFromFloat(x))
	case pounds:
		return words.Amount("£", decimal.NewFromFloat(x))
	case aYear:
		return number + "% a year"
	case "":
		return words.Exact(decimal.NewFromFloat(x))
	case "%":
		return number + "%"
	}
	return words.Unit{One: cmp.Or(d.One, d.Unit), Many: d.Unit}.Of(x)
}

// weekly writes what a week costs.
func weekly(amount decimal.Decimal) string { return words.Amount("£", amount) + " a week" }

// finite reports whether a value is a number that can be written.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// rounded takes off what binary fractions add to a decimal one.
func rounded(x float64) float64 { return math.Round(x*1e9) / 1e9 }

// steps returns a value as a number of steps, to the nearest.
func (d Driver) steps(x float64) int { return int(math.Round(x / d.Step)) }

// value returns the value that is so many steps.
func (d Driver) value(steps int) float64 { return rounded(float64(steps) * d.Step) }

// Values returns n values at equal distances from one end of the range to the
// other, each rounded to a multiple of the step, so that a file may hold it: whole
// pounds or days, hundredths of a factor. Fewer come back where the range has
// fewer multiples.
func (d Driver) Values(n int) []float64 {
	var values []float64
	n = min(n, mostValues)
	for i := range n {
		x := d.From + (d.To-d.From)*float64(i)/float64(max(1, n-1))
		if d.Step > 0 {
			x = min(max(d.value(d.steps(x)), d.From), d.To)
		}
		values = append(values, rounded(x))
	}
	return slices.Compact(values)
}

// mostValues bounds how many values of a driver anyone needs.
const mostValues = 1_000_000

// mostSteps bounds how finely a driver can be searched.
const mostSteps = 100_000_000

// validate says what is wrong with a driver.
func (d Driver) validate() error {
	for _, c := range d.Changes {
		switch c.Does {
		case "", Multiply, Add, Put:
		default:
			return fmt.Errorf("driver %q: there is no operation %q: the operations are %s, %s and %s", d.Name, string(c.Does), Multiply, Add, Put)
		}
	}
	switch {
	case len(d.Changes) == 0:
		return fmt.Errorf("driver %q changes nothing: give it the paths of the settings to change", d.Name)
	case !(d.From <= d.Neutral && d.Neutral <= d.To && d.From < d.To):
		return fmt.Errorf("driver %q: the neutral value %v must lie in the range from %v to %v", d.Name, d.Neutral, d.From, d.To)
	case rounded(d.Neutral) != d.value(d.steps(d.Neutral)) && d.Step > 0:
		return fmt.Errorf("driver %q: the neutral value %v must be a multiple of the step, %v", d.Name, d.Neutral, d.Step)
	case !(d.Step > 0 && (d.To-d.From)/d.Step <= mostSteps):
		return fmt.Errorf("driver %q: the step %v must be above 0, with at most %s in the range", d.Name, d.Step, words.Count(mostSteps))
	}
	return nil
}
