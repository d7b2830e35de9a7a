package scenario

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// Numbers are read from the text as written, by decimal arithmetic: 27.55 is
// exactly 27.55. Only probabilities become binary, at the very end.

// want says in words what a value must be.
type want struct {
	what    string // "an amount in £"
	example string // "4000 or 401.10"; empty where none would help
}

// String returns what is wanted, with an example.
func (w want) String() string {
	if w.example == "" {
		return w.what
	}
	return w.what + ", such as " + w.example
}

var (
	anAmount      = want{"an amount in £", "4000 or 401.10"}
	aShare        = want{"a share", "27.5% or 0.275"}
	aChance       = want{"a probability", "60% or 0.6"}
	aWeeklyChance = want{"a weekly probability", "0.002 or 0.2%"}
	aYearlyRate   = want{"a yearly rate", "3.5% or 0.035"}
	aRate         = want{"a rate of events in a year", "0.3"}
	someWeeks     = want{"a whole number of weeks", "26 or 26 weeks"}
	aMeanStay     = want{"a number of weeks, 1 or more", "40 or 40.5 weeks"}
	aNumber       = want{"a number", "53.46"}
	aCount        = want{"a whole number", "55"}
	anAge         = want{"an age in years", "10 or 10 years"}
	someMonths    = want{"a whole number of months", "6 or 6 months"}
	someDays      = want{"a whole number of days", "489 or 489 days"}
	clockWeeks    = want{"a run of weeks, counted from 0, both ends included", "0 to 25 or 26 on"}
)

// numeral is a number written out in full, or with a power of ten. A zero before
// other digits is no part of one: YAML and some programs read 010 as 8.
var numeral = regexp.MustCompile(`^[+-]?(0|[1-9][0-9]{0,29})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?$`)

// leadingZero is a number with a zero before other digits.
var leadingZero = regexp.MustCompile(`^[+-]?0+([0-9]+(\.[0-9]+)?%?)$`)

// decimalComma is a number with a decimal comma.
var decimalComma = regexp.MustCompile(`^[+-]?(0,[0-9]+|[0-9]+,[0-9]{1,2})$`)

// parseNumber reads a plain number.
func parseNumber(text string, w want) (decimal.Decimal, error) {
	text = strings.TrimSpace(text)
	if !numeral.MatchString(text) {
		return decimal.Zero, notANumber(text, w)
	}
	return decimal.NewFromString(text)
}

// pointsAndComma is a number with points before thousands and a decimal comma.
var pointsAndComma = regexp.MustCompile(`^[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}$`)

// thousands is a number whose commas stand before three digits each, or one without
// commas.
var thousands = regexp.MustCompile(`^[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$`)

// scaled is a number of thousands, millions or billions in short.
var scaled = regexp.MustCompile(`^(.*[0-9])(k|m|bn|thousand|million|billion)$`)

var scales = map[string]int32{"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}

// notANumber says how to write what was meant, where that is clear.
func notANumber(text string, w want) error {
	if zero := leadingZero.FindStringSubmatch(text); zero != nil {
		return fmt.Errorf("%s begins with a zero, which some programs take for another number: write %s", quote(text), zero[1])
	}
	if cleaned := cleanedNumber(text, w == anAmount); numeral.MatchString(cleaned) {
		return fmt.Errorf("%s is not a plain number: write %s, without commas, spaces or letters", quote(text), cleaned)
	}
	return fmt.Errorf("%s is not %s: write a plain number, such as %s", quote(text), w.what, w.example)
}

// cleanedNumber is a number without what a plain one does not have; empty if it has
// more than one meaning. Only of money does 6m mean millions, and not months.
func cleanedNumber(text string, money bool) string {
	text, _ = words.AmountIn(text)
	bare := strings.NewReplacer(words.PoundSign, "", words.Sterling, "", "_", "", " ", "", "\u00a0", "", "\u202f", "", "\u2212", "-").Replace(text)
	scale := int32(0)
	if m := scaled.FindStringSubmatch(strings.ToLower(bare)); money && m != nil {
		bare, scale = m[1], scales[m[2]]
	}
	switch {
	case pointsAndComma.MatchString(bare):
		bare = strings.NewReplacer(".", "", ",", ".").Replace(bare)
	case decimalComma.MatchString(bare):
		bare = strings.Replace(bare, ",", ".", 1)
	case !thousands.MatchString(bare):
		return ""
	}
	bare = strings.ReplaceAll(bare, ",", "")
	if n, err := decimal.NewFromString(bare); scale > 0 && err == nil {
		return n.Shift(scale).String()
	}
	return bare
}

// parseProportion reads a number that may be in per cent, whatever its range.
func parseProportion(text string, w want) (value decimal.Decimal, percent bool, err error) {
	body, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	body = strings.TrimSpace(body)
	if !numeral.MatchString(body) {
		if percent && decimalComma.MatchString(body) {
			return value, percent, fmt.Errorf("%s is not %s: write %s%%", quote(text), w.what, strings.Replace(body, ",", ".", 1))
		}
		return value, percent, notANumber(strings.TrimSpace(text), w)
	}
	value, err = decimal.NewFromString(body)
	if percent {
		value = value.Shift(-2)
	}
	return value, percent, err
}

// parseShare reads a share or a probability, from 0 to 1.
func parseShare(text string, w want) (decimal.Decimal, error) {
	value, percent, err := parseProportion(text, w)
	if err != nil {
		return value, err
	}
	return value, inRange(text, value, percent, decimal.Zero, w)
}

// parseYearlyRate reads growth or indexation, from -1 to 1.
func parseYearlyRate(text string, w want) (decimal.Decimal, error) {
	value, percent, err := parseProportion(text, w)
	if err != nil {
		return value, err
	}
	if err := unclearOne(text, value, percent); err != nil {
		return value, err
	}
	return value, inRange(text, value, percent, one.Neg(), w)
}

// unclearOne refuses a yearly rate of 1 or -1 without a sign: 1% is as likely to be
// meant as 100%.
func unclearOne(text string, value decimal.Decimal, percent bool) error {
	if percent || !value.Abs().Equal(one) {
		return nil
	}
	sign := strings.TrimSuffix(value.String(), "1")
	return fmt.Errorf("%s may be %s1%% or %s100%%: write it with a %% sign", strings.TrimSpace(text), sign, sign)
}

// one is the number 1, or 100%.
var one = decimal.NewFromInt(1)

// inRange refuses proportions outside least to 1.
func inRange(text string, value decimal.Decimal, percent bool, least decimal.Decimal, w want) error {
	text = strings.TrimSpace(text)
	bounds := func() string {
		return fmt.Sprintf("%s is from %s to 1, which is %s%% to 100%%", w.what, least, least.Shift(2))
	}
	switch {
	case value.LessThan(least):
		return fmt.Errorf("%s is below %s: %s", text, least, bounds())
	case value.LessThanOrEqual(one):
		return nil
	case !percent && value.LessThanOrEqual(decimal.NewFromInt(100)):
		return fmt.Errorf("%s is more than 1: if it is a percentage, write %s%% or %s", text, text, value.Shift(-2))
	}
	return fmt.Errorf("%s is more than 1: %s", text, bounds())
}

// sumForm is how the parts of a sum are written, and so how it is reported.
type sumForm struct{ percent bool }

// see notes how one part is written.
func (f *sumForm) see(c cursor) {
	f.percent = f.percent || c.given() && c.n.kind == scalar && strings.HasSuffix(strings.TrimSpace(c.n.text), "%")
}

// of says what shares add up to, and what they must.
func (f sumForm) of(sum decimal.Decimal) string {
	if f.percent {
		return percent(sum) + ": they must add up to 100%"
	}
	return sum.String() + ": they must add up to 1"
}

// parseRate reads an annual rate, which may be above 1.
func parseRate(text string, w want) (decimal.Decimal, error) {
	value, _, err := parseProportion(text, w)
	if err == nil && value.IsNegative() {
		err = fmt.Errorf("%s is below 0: write %s", strings.TrimSpace(text), w)
	}
	return value, err
}

// parseAmount reads an amount in £, 0 or more, in whole pence.
func parseAmount(text string, w want) (decimal.Decimal, error) {
	value, err := parseNumber(text, w)
	switch {
	case err != nil:
		return value, err
	case value.IsNegative():
		return value, fmt.Errorf("%s is below 0: write %s", text, w)
	case !value.Shift(2).IsInteger():
		return value, fmt.Errorf("£%s has more than two decimals: write at most two", text)
	case value.GreaterThan(decimal.New(1, 12)):
		return value, fmt.Errorf("£%s is too large: at most £1,000,000,000,000 is allowed", text)
	}
	return value, nil
}

// parseChildren reads an expected number of children, which may be fractional.
func parseChildren(text string, w want) (decimal.Decimal, error) {
	value, err := parseNumber(text, w)
	if err == nil && (value.IsNegative() || value.GreaterThan(decimal.New(1, 6))) {
		err = fmt.Errorf("%s is not a number of children: write a number from 0 to 1000000", text)
	}
	return value, err
}

// parseCount reads a whole number, 0 or more.
func parseCount(text string, w want) (int, error) {
	value, err := parseNumber(text, w)
	if err != nil {
		return 0, err
	}
	return whole(text, value, 1_000_000_000, w)
}

// maxWeeks is the longest that anything may last: 60 years.
const maxWeeks = 60 * 52

// parseWeeks reads a whole number of weeks: 26, 26 weeks or 1 week.
func parseWeeks(text string, w want) (int, error) {
	value, err := parseUnit(text, w, "week", "weeks")
	if err != nil {
		return 0, err
	}
	return whole(text, value, maxWeeks, w)
}

// parseMonths reads a whole number of months: 6, 6 months or 1 month.
func parseMonths(text string, w want) (int, error) {
	value, err := parseUnit(text, w, "month", "months")
	if err != nil {
		return 0, err
	}
	return whole(text, value, maxWeeks*12/52, w)
}

// parseDays reads a whole number of days: 489, 489 days or 1 day.
func parseDays(text string, w want) (int, error) {
	value, err := parseUnit(text, w, "day", "days")
	if err != nil {
		return 0, err
	}
	return whole(text, value, maxWeeks*7, w)
}

// parseMeanStay reads a number of weeks that may have decimals, 1 or more.
func parseMeanStay(text string, w want) (decimal.Decimal, error) {
	value, err := parseUnit(text, w, "week", "weeks")
	if err == nil && (value.LessThan(one) || value.GreaterThan(decimal.New(1, 6))) {
		err = fmt.Errorf("a mean stay of %s is not possible: write %s", strings.TrimSpace(text), w)
	}
	return value, err
}

// parseAge reads an age in years from 0 to 18: 10 or 10 years.
func parseAge(text string, w want) (decimal.Decimal, error) {
	value, err := parseUnit(text, w, "year", "years")
	if err == nil && (value.IsNegative() || value.GreaterThan(decimal.NewFromInt(18))) {
		err = fmt.Errorf("an age of %s is outside 0 to 18 years", strings.TrimSpace(text))
	}
	return value, err
}

// parseUnit reads a number that may have its unit after it.
func parseUnit(text string, w want, singular, plural string) (decimal.Decimal, error) {
	body, unit, found := strings.Cut(strings.TrimSpace(text), " ")
	unit = strings.TrimSpace(unit)
	if found && numeral.MatchString(body) && unit != singular && unit != plural {
		return decimal.Zero, fmt.Errorf("%s is not in %s: write %s", quote(text), plural, w)
	}
	if found && (unit == singular || unit == plural) {
		return parseNumber(body, w)
	}
	return parseNumber(text, w)
}

// whole turns a number into an int from 0 to most.
func whole(text string, value decimal.Decimal, most int64, w want) (int, error) {
	text = strings.TrimSpace(text)
	switch {
	case value.IsNegative():
		return 0, fmt.Errorf("%s is below 0: write %s", text, w)
	case !value.IsInteger():
		return 0, fmt.Errorf("%s has decimals: write %s", text, w)
	case value.GreaterThan(decimal.NewFromInt(most)):
		return 0, fmt.Errorf("%s is too large: at most %d is allowed", text, most)
	}
	return int(value.IntPart()), nil
}

// parseClock reads the weeks in which a piece of a row of moves is in force,
// both ends included: "0 to 25", or "26 on" for all weeks from 26.
func parseClock(text string, w want) (markov.Span, error) {
	text = strings.TrimSpace(text)
	words := strings.Fields(strings.TrimSuffix(text, " weeks"))
	switch {
	case len(words) == 2 && (words[1] == "on" || words[1] == "onwards"):
		from, err := parseWeeks(words[0], w)
		return markov.Span{From: from}, err
	case len(words) == 3 && words[1] == "to":
		from, err := parseWeeks(words[0], w)
		if err != nil {
			return markov.Span{}, err
		}
		to, err := parseWeeks(words[2], w)
		if err == nil && to < from {
			err = fmt.Errorf("%s runs backwards: write the earlier week first", text)
		}
		return markov.Span{From: from, To: to + 1}, err
	}
	if _, err := strconv.Atoi(text); err == nil {
		return markov.Span{}, fmt.Errorf("%s alone has two meanings: write %s to %s for that one week, or %s on for all weeks from it", text, text, text, text)
	}
	return markov.Span{}, fmt.Errorf("%s is not %s", quote(text), w)
}

// parseYesNo reads yes or no.
func parseYesNo(text string) (bool, error) {
	switch text {
	case "yes", "true":
		return true, nil
	case "no", "false":
		return false, nil
	}
	return false, fmt.Errorf("%s is not yes or no", quote(text))
}
