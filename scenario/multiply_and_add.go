package scenario

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// workOut returns what the edit makes of the value that is there, and how.
func (e Edit) workOut(old *node) (text, note string, err error) {
	number := old
	if share, ok := old.countedShare(); ok {
		number = &node{kind: scalar, text: share}
	}
	if e.sum == times {
		text, err = multiplied(number, e.factor)
		return text, fmt.Sprintf("%s × %s", e.factor, old.text), err
	}
	text, err = added(number, e.amount)
	return text, e.amount.after(old.text), err
}

// multiplied returns the text of a number times a factor, in the same unit.
func multiplied(n *node, factor decimal.Decimal) (string, error) {
	if n.kind != scalar {
		return "", fmt.Errorf("is not a number that can be multiplied%s", inside(n))
	}
	old, ok := parseQuantity(n.text)
	if !ok {
		return "", fmt.Errorf("is %s, which is not a number that can be multiplied", quote(n.text))
	}
	return old.times(factor).String(), nil
}

// inside says that the number may be one of those in a block.
func inside(n *node) string {
	if names := n.names(); len(names) > 0 {
		return ": name the number in it that you mean (it has " + list(names) + ")"
	}
	return ""
}

// quantity is a number with the unit that it may have.
type quantity struct {
	number decimal.Decimal
	unit   string // "%", "day", "week", "month" or "year"; empty for a plain number
	kind   string // "real" or "nominal" after a rate; empty for anything else
	sign   string // of a currency, before the number; mostly none
}

// quantities is how a quantity is written.
var quantities = regexp.MustCompile(`^([+-]?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?)(?: *(%)| +(day|week|month|year)s?)?(?: +(real|nominal))?$`)

// parseQuantity reads a quantity, and reports whether the text is one.
func parseQuantity(text string) (q quantity, ok bool) {
	bare, _ := words.AmountIn(text)
	parts := quantities.FindStringSubmatch(bare)
	if parts == nil {
		return q, false
	}
	number, err := decimal.NewFromString(parts[1])
	sign := strings.TrimSuffix(strings.TrimSpace(text), bare)
	return quantity{number: number, unit: parts[2] + parts[3], kind: parts[4], sign: sign}, err == nil && (sign == "" || parts[2]+parts[3]+parts[4] == "")
}

// String writes a quantity as a programme file does.
func (q quantity) String() string {
	if q.kind != "" {
		return quantity{number: q.number, unit: q.unit}.String() + " " + q.kind
	}
	switch {
	case q.sign != "":
		return q.sign + q.number.String()
	case q.unit == "" || q.unit == "%":
		return q.number.String() + q.unit
	case q.number.Equal(one):
		return "1 " + q.unit
	}
	return q.number.String() + " " + q.unit + "s"
}

// after writes what the quantity is added to and the quantity.
func (q quantity) after(text string) string {
	if q.number.IsNegative() {
		return text + " − " + quantity{number: q.number.Neg(), unit: q.unit}.String()
	}
	return text + " + " + q.String()
}

// span reports whether the quantity is a span of time.
func (q quantity) span() bool { return q.unit != "" && q.unit != "%" }

// times multiplies a quantity, which keeps its unit.
func (q quantity) times(factor decimal.Decimal) quantity {
	q.number = q.number.Mul(factor)
	return q
}

// plus adds a quantity in the same unit. A plain number of weeks, months, days
// or years takes on the unit of what is added to it: which one the setting is
// in is checked when it is read.
func (q quantity) plus(more quantity) (quantity, error) {
	if q.sign != "" && more.sign != "" && q.sign != more.sign {
		return q, fmt.Errorf("is %s, and %s is in a different currency: use the same", quote(q.String()), quote(more.String()))
	}
	q.sign = cmp.Or(q.sign, more.sign) // whether the file is in that is checked when the amount is read
	switch {
	case q.unit == more.unit:
	case q.unit == "" && more.span():
		q.unit = more.unit
	case q.unit == "":
		factor := one.Add(more.number.Shift(-2))
		return q, fmt.Errorf("is %s, which is not a percentage: add a plain number; to change it by %s, multiply by %s", q, more, factor)
	case more.unit == "" && q.unit == "%":
		return q, fmt.Errorf("is %s: add a percentage, %s%%, or, if %s is a share, %s", quote(q.String()), more, more, percent(more.number))
	case more.unit == "":
		return q, fmt.Errorf("is %s: add a number in the same unit, as %s", quote(q.String()), quantity{number: more.number, unit: q.unit})
	default:
		return q, fmt.Errorf("is %s, and %s is in a different unit: use the same unit", quote(q.String()), quote(more.String()))
	}
	q.number = q.number.Add(more.number)
	return q, nil
}

// added returns the text of a number or a date with a quantity added to it.
func added(n *node, amount quantity) (string, error) {
	if n.kind != scalar {
		return "", fmt.Errorf("is not a number or a date that can be added to%s", inside(n))
	}
	if day, err := calendar.ParseDate(strings.TrimSpace(n.text)); err == nil {
		return shifted(day, amount)
	}
	old, ok := parseQuantity(n.text)
	if !ok {
		return "", fmt.Errorf("is %s, which is not a number or a date that can be added to", quote(n.text))
	}
	sum, err := old.plus(amount)
	return sum.String(), err
}

// shifted moves a date by a span of time.
func shifted(day calendar.Date, by quantity) (string, error) {
	if !by.span() {
		return "", fmt.Errorf("is the date %s: say by how many days, weeks, months or years to move it, as in 7 months", day)
	}
	if !by.number.IsInteger() {
		return "", fmt.Errorf("is the date %s: move it by whole days, weeks, months or years, not by %s", day, by)
	}
	moved := calendar.Date{}
	if n := by.number.IntPart(); by.number.Abs().LessThan(decimal.New(1, 7)) {
		moved = moveDay(day, int(n), by.unit)
	}
	if moved.IsZero() {
		return "", fmt.Errorf("is the date %s: there is no date %s from it, because the calendar has the years 1 to 9999", day, by)
	}
	return moved.String(), nil
}

// moveDay moves a day by a number of units of time; the zero date if there is
// no such day in the calendar. Months and years keep the day of the month, or
// take the last day of a month that is shorter.
func moveDay(day calendar.Date, n int, unit string) calendar.Date {
	switch unit {
	case "day":
		return day.AddDays(n)
	case "week":
		return day.AddDays(7 * n)
	case "year":
		n *= 12
	}
	last := calendar.NewDate(day.Year(), day.Month()+time.Month(n)+1, 0) // of the month
	if last.IsZero() {
		return last
	}
	return calendar.NewDate(last.Year(), last.Month(), min(day.Day(), last.Day()))
}
