package sensitivity

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// A goal in one line of text: a measure as [montecarlo.ReadKey] reads it, and a test.
//
//	MEASURE[, WHOSE], mean at least AMOUNT
//	MEASURE[, WHOSE], central projection at most AMOUNT
//	MEASURE[, WHOSE], P10 at least AMOUNT           any quantile; median is P50
//	MEASURE[, WHOSE], above AMOUNT with at least CHANCE
//	EVENT[, WHOSE], at most CHANCE
//
// The comma before the test may be left out, and so may the first "at least" of a
// chance after "with".

// spokenEvents are events as people say them.
var spokenEvents = map[string]string{
	"loses money":         montecarlo.LosesMoney,
	"misses the hurdle":   montecarlo.MissesHurdle,
	"facility not enough": montecarlo.FacilityShort,
}

// String writes the goal as [ReadGoal] reads it: "net saving, Derby, above £0 with at
// least 80%".
func (g Goal) String() string {
	relation := "at least "
	if g.AtMost {
		relation = "at most "
	}
	key := g.Measure.String() + ", "
	if g.Figure == aChance {
		wanted := relation + percentText(g.Wanted)
		if g.Side == "" {
			return key + wanted
		}
		return key + g.Side + " " + g.amount(g.Threshold) + " with " + wanted
	}
	figure := g.Figure
	if figure == aQuantile {
		figure = "P" + decimal.NewFromFloat(g.P).Shift(2).String()
	}
	return key + figure + " " + relation + g.amount(g.Wanted)
}

// amount writes a figure in the unit of the measure, without rounding.
func (g Goal) amount(x float64) string {
	if !finite(x) {
		return fmt.Sprint(x)
	}
	switch number := decimal.NewFromFloat(x); g.Measure.Unit {
	case montecarlo.Pounds:
		sign := words.PoundSign
		if g.Currency != "" {
			sign = words.CurrencySign(g.Currency)
		}
		if number.IsNegative() {
			sign = "-" + sign
		}
		return sign + words.Exact(number.Abs())
	case montecarlo.Rate, montecarlo.Probability, montecarlo.Share:
		return percentText(x)
	case montecarlo.Ratio:
		return words.Exact(number)
	default:
		return words.Exact(number) + " " + string(g.Measure.Unit)
	}
}

// percentText writes a share as a percentage, without rounding.
func percentText(x float64) string {
	if !finite(x) {
		return fmt.Sprint(x)
	}
	return words.Share(decimal.NewFromFloat(x))
}

// ReadGoal reads a goal from text: a measure, whose it is, and a test.
//
//	net public saving, mean at least £0
//	net saving, Derby, above £0 with at least 80%
//	internal rate of return, consortium, P10 at least 4%
//	loses money, Polaris, at most 10%
//
// Amounts may be written £1.5m, £200k, -£500 or without a sign, and chances and rates
// as percentages. An error says where in the text it is and what to write there; one of a
// measure that there is not is a *[scenario.NameError].
func ReadGoal(text string) (Goal, error) {
	g, err := readGoal(strings.Join(strings.Fields(text), " "))
	if err != nil {
		return Goal{}, err
	}
	if err := g.check(); err != nil {
		return Goal{}, fmt.Errorf("goal %q: %w", text, err)
	}
	return g, nil
}

var (
	testAtEnd   = regexp.MustCompile(`^(.*?),? (at least|at most) ([^,]*(?:,[0-9]{3}[^,]*)*)$`)
	withAtEnd   = regexp.MustCompile(`^(.*?),? (above|below) ([^ ]+(?: [^ ]+)?),? with (?:(at least|at most) )?([^ ]+)$`)
	figureAtEnd = regexp.MustCompile(`^(.*?),? (mean|central projection|median|P[0-9.]+)$`)
)

// readGoal reads a goal in which single blanks stand between the words.
func readGoal(text string) (Goal, error) {
	if cut := lastTest(text, " above ", " below "); cut >= 0 && strings.Contains(text[cut:], " with ") {
		if parts := withAtEnd.FindStringSubmatch(text[cut:]); parts != nil {
			return readChanceOf(text, text[:cut], parts[2:])
		}
		return Goal{}, at(text, cut+1, "this is no test: write above or below an amount, and with what chance, as in \"above £0 with at least 80%%\"")
	}
	cut := lastTest(text, " at least ", " at most ")
	if cut < 0 {
		return Goal{}, at(text, len(text), "a goal needs a test: write what is wanted after the measure, as in \"net public saving, mean at least £0\" or \"net saving, Derby, above £0 with at least 80%%\"")
	}
	parts := testAtEnd.FindStringSubmatch(text[cut:])
	if parts == nil {
		return Goal{}, at(text, cut+1, "nothing that can be read follows: write an amount or a chance, as in \"at least £0\" or \"at most 10%%\"")
	}
	g := Goal{AtMost: parts[2] == "at most"}
	name := strings.TrimSuffix(text[:cut], ",")
	if figure := figureAtEnd.FindStringSubmatch(name); figure != nil {
		name = figure[1]
		if err := g.setFigure(figure[2]); err != nil {
			return Goal{}, at(text, len(name), "%s", err)
		}
	} else {
		g.Figure = aChance
	}
	return g.finish(text, name, parts[3], cut+1)
}

// lastTest is where the last of some words begins; below 0 if there is none.
func lastTest(text string, tests ...string) int {
	last := -1
	for _, test := range tests {
		last = max(last, strings.LastIndex(text, test))
	}
	return last
}

// setFigure takes the figure as written: "mean", "median", "P10".
func (g *Goal) setFigure(written string) error {
	switch {
	case written == "median":
		written = "P50"
	case written[0] != 'P':
		g.Figure = written
		return nil
	}
	p, err := decimal.NewFromString(written[1:])
	if err != nil || !p.IsPositive() || p.GreaterThanOrEqual(decimal.New(100, 0)) {
		return fmt.Errorf("%q is no quantile: write P and a percentage above 0 and below 100, as in P10", written)
	}
	g.Figure, g.P = aQuantile, p.Shift(-2).InexactFloat64()
	return nil
}

// finish reads the measure and what is wanted of it.
func (g Goal) finish(text, name, wanted string, where int) (Goal, error) {
	var err error
	if g.Measure, err = readSpoken(name); err != nil {
		return Goal{}, at(text, 0, "%w", err)
	}
	m, err := montecarlo.MeasureOf(g.Measure.Name)
	if err != nil {
		return Goal{}, err
	}
	if g.Figure == aChance && m.Kind != eventKind {
		return Goal{}, at(text, len(name), "which figure of %q is meant? Before the test write %s", m.Name, words.Or(waysToSay(m)))
	}
	if g.Figure == aChance {
		g.Wanted, err = readShare(wanted)
	} else {
		g.Wanted, g.Currency, err = readFigure(wanted, g.Measure.Unit)
	}
	if err != nil {
		return Goal{}, at(text, where, "%w", err)
	}
	return g, nil
}

// readChanceOf reads the chance that a measure is above or below a threshold, from the
// side, the threshold, the relation and the chance as written.
func readChanceOf(text, name string, parts []string) (Goal, error) {
	name = strings.TrimSuffix(name, ",")
	g := Goal{Figure: aChance, Side: parts[0], AtMost: parts[2] == "at most"}
	var err error
	if g.Measure, err = readSpoken(name); err != nil {
		return Goal{}, at(text, 0, "%w", err)
	}
	if g.Threshold, g.Currency, err = readFigure(parts[1], g.Measure.Unit); err != nil {
		return Goal{}, at(text, len(name)+1, "%w", err)
	}
	if g.Wanted, err = readShare(parts[3]); err != nil {
		return Goal{}, at(text, strings.LastIndex(text, parts[3]), "%w", err)
	}
	return g, nil
}

// readSpoken reads a measure and whose it is, in the list's words or in those in which
// people speak of an event.
func readSpoken(name string) (montecarlo.Key, error) {
	for spoken, event := range spokenEvents {
		if rest, ok := strings.CutPrefix(name, spoken); ok && (rest == "" || rest[0] == ',') {
			name = event + rest
			break
		}
	}
	return montecarlo.ReadKey(name)
}

// at is an error in a goal with its place.
func at(text string, place int, problem string, args ...any) error {
	err := fmt.Errorf(problem, args...)
	if text == "" {
		return fmt.Errorf("there is no goal: %w", err)
	}
	if place >= len(text) {
		return fmt.Errorf("goal %q, at its end: %w", text, err)
	}
	return fmt.Errorf("goal %q, at %q: %w", text, text[place:], err)
}

// plainAmount is a number in plain digits, with or without commas between thousands.
var plainAmount = regexp.MustCompile(`^-?([0-9]{1,16}|[0-9]{1,3}(,[0-9]{3}){1,5})(\.[0-9]+)?$`)

// readShare reads a chance from 0 to 1: 80% or 0.8.
func readShare(text string) (float64, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	value, err := decimal.NewFromString(strings.ReplaceAll(strings.TrimSpace(number), ",", ""))
	if err != nil || !plainAmount.MatchString(strings.TrimSpace(number)) || !percent && value.GreaterThan(decimal.New(1, 0)) {
		return 0, fmt.Errorf("%q is no chance: write a percentage, as in 80%%", text)
	}
	if percent {
		value = value.Shift(-2)
	}
	return value.InexactFloat64(), nil
}

// readFigure reads a figure in a unit, and the code of its currency if it has a sign of
// one that is not £.
func readFigure(text string, unit montecarlo.Unit) (value float64, currency string, err error) {
	wrong := fmt.Errorf("%q is no figure in %s: write %s", text, unit, exampleOf(unit))
	number := strings.TrimSpace(text)
	switch unit {
	case montecarlo.Rate, montecarlo.Probability, montecarlo.Share:
		if !strings.HasSuffix(number, "%") {
			return 0, "", wrong
		}
		negative := strings.HasPrefix(number, "-")
		value, err := readShare(strings.TrimPrefix(number, "-"))
		if err != nil {
			return 0, "", wrong
		}
		if negative {
			value = -value
		}
		return value, "", nil
	case montecarlo.Pounds:
		return readMoney(number, wrong)
	}
	number = strings.TrimSpace(strings.TrimSuffix(number, string(unit)))
	d, err := decimal.NewFromString(strings.ReplaceAll(number, ",", ""))
	if err != nil || !plainAmount.MatchString(number) {
		return 0, "", wrong
	}
	return d.InexactFloat64(), "", nil
}

// readMoney reads an amount: £0, -£500, £1.5m, 200k, A$10,000.
func readMoney(text string, wrong error) (value float64, currency string, err error) {
	bare, negative := strings.CutPrefix(text, "-")
	number, code := words.AmountIn(bare)
	if inner, ok := strings.CutPrefix(number, "-"); ok && !negative {
		number, negative = inner, true
	}
	power := int32(0)
	for suffix, its := range map[string]int32{"k": 3, "m": 6} {
		if plain, ok := strings.CutSuffix(number, suffix); ok {
			number, power = plain, its
		}
	}
	d, failed := decimal.NewFromString(strings.ReplaceAll(number, ",", ""))
	if failed != nil || !plainAmount.MatchString(number) || strings.HasPrefix(number, "-") {
		return 0, "", wrong
	}
	if negative {
		d = d.Neg()
	}
	if code == words.Sterling {
		code = ""
	}
	return d.Shift(power).InexactFloat64(), code, nil
}

// exampleOf is how a figure in a unit may be written.
func exampleOf(unit montecarlo.Unit) string {
	switch unit {
	case montecarlo.Pounds:
		return "£0, -£500, £200k or £1.5m"
	case montecarlo.Rate, montecarlo.Probability, montecarlo.Share:
		return "a percentage, as in 8%"
	case montecarlo.Ratio:
		return "a number, as in 1.5"
	}
	return "a number, as in 300 " + string(unit)
}
