package sensitivity

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/enum"
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
	// "days", "months", "% a year", "£ a week".
	Unit string `json:"unit"`
	// From and To are the ends of the range, and Neutral the value in it that
	// changes nothing.
	From    float64 `json:"from"`
	To      float64 `json:"to"`
	Neutral float64 `json:"neutral"`
	// Step is how finely the driver is worth knowing: [Reverse] tries
	// multiples of it alone, and neutral must be one.
	Step float64 `json:"step"`
	// Changes are what a value does to the programme.
	Changes []Change `json:"changes"`
}

// Change is what the value of a driver does to one setting, or with stars in
// its path to several.
type Change struct {
	Path string    `json:"path"` // as in [scenario.Edit]
	Does Operation `json:"does"`
	Unit string    `json:"unit,omitempty"` // written after the value: " days", "%"; empty for factors and amounts
	// Scale multiplies the value before it is written; 0 means 1.
	Scale float64 `json:"scale,omitempty"`
}

// Operation is what becomes of the number or date that a setting has.
type Operation int

// The operations.
const (
	Multiply Operation = iota // by the value
	Add                       // the value
	Put                       // the value in its place
)

var operationNames = []string{"multiply", "add", "put"}

// String returns the operation in a word.
func (o Operation) String() string { return enum.Name(o, operationNames) }

// MarshalText writes the operation in a word.
func (o Operation) MarshalText() ([]byte, error) {
	return enum.Marshal(o, operationNames, "operation")
}

// UnmarshalText reads an operation; the error lists the valid words.
func (o *Operation) UnmarshalText(text []byte) error {
	return enum.Unmarshal(o, text, operationNames, "operation")
}

// Edits returns the edits that give the driver a value.
func (d Driver) Edits(x float64) []scenario.Edit {
	var edits []scenario.Edit
	for _, c := range d.Changes {
		edits = append(edits, c.edit(x))
	}
	return edits
}

// decimals is to how many places values are written.
const decimals = 9

func (c Change) edit(x float64) scenario.Edit {
	if c.Scale != 0 {
		x *= c.Scale
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

// Text writes a value of the driver with its unit: "× 0.8", "£4000 a week", "91 days".
func (d Driver) Text(x float64) string {
	number := strconv.FormatFloat(rounded(x), 'f', -1, 64)
	switch d.Unit {
	case factor:
		return "× " + number
	case poundsAWeek:
		return words.Amount("£", decimal.NewFromFloat(rounded(x))) + " a week"
	case aYear:
		return number + "% a year"
	case "":
		return number
	}
	if number == "1" {
		return number + " " + strings.TrimSuffix(d.Unit, "s")
	}
	return number + " " + d.Unit
}

// The units of the package's own drivers.
const (
	factor      = "×"
	poundsAWeek = "£ a week"
	aYear       = "% a year"
)

// rounded takes off what binary fractions add to a decimal one.
func rounded(x float64) float64 { return math.Round(x*1e9) / 1e9 }

// steps returns a value as a number of steps, to the nearest.
func (d Driver) steps(x float64) int { return int(math.Round(x / d.Step)) }

// at returns the value that is so many steps.
func (d Driver) at(steps int) float64 { return rounded(float64(steps) * d.Step) }

// Values returns n values at equal distances from the one end of the range to
// the other.
func (d Driver) Values(n int) []float64 {
	var values []float64
	for i := range n {
		values = append(values, rounded(d.From+(d.To-d.From)*float64(i)/float64(max(1, n-1))))
	}
	return values
}

// validate says what is wrong with a driver.
func (d Driver) validate() error {
	switch {
	case len(d.Changes) == 0:
		return fmt.Errorf("driver %q changes nothing", d.Name)
	case !(d.From <= d.Neutral && d.Neutral <= d.To && d.From < d.To):
		return fmt.Errorf("driver %q: neutral %v must lie in the range from %v to %v", d.Name, d.Neutral, d.From, d.To)
	case rounded(d.Neutral) != d.at(d.steps(d.Neutral)) && d.Step > 0:
		return fmt.Errorf("driver %q: neutral %v must be a multiple of the step %v", d.Name, d.Neutral, d.Step)
	case !(d.Step > 0 && (d.To-d.From)/d.Step <= mostSteps):
		return fmt.Errorf("driver %q: step %v must be above 0, with at most %d in the range", d.Name, d.Step, mostSteps)
	}
	return nil
}

// mostSteps bounds how finely a driver can be searched.
const mostSteps = 1_000_000
