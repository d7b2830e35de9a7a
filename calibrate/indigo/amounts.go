package indigo

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// Numbers as people and spreadsheets write them. What has one meaning is read,
// and reported as a repair; anything else is refused with the reason.

// written is a number as it was read from a text.
type written struct {
	value decimal.Decimal
	plain bool // written as 470588.24
	// currencies are the codes of the currencies that the text may mean: none
	// if it names none, several for $.
	currencies []string
	means      []string // what its marks were taken to mean
	scaled     bool     // by a word such as k or million
}

var (
	plain    = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,30})?$`)
	power    = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,30})?[eE][+-]?[0-9]{1,2}$`)
	grouped  = regexp.MustCompile(`^[0-9]{1,3}((,[0-9]{3})+|( [0-9]{3})+|('[0-9]{3})+)(\.[0-9]{1,30})?$`)
	scaled   = regexp.MustCompile(`^(.*[0-9]) ?(k|thousand|m|mn|million|bn|billion)$`)
	long     = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
	misplace = regexp.MustCompile(`^[0-9][0-9.,' ]*$`)
	// either is 1250 to some readers and 1.25 to others.
	either  = regexp.MustCompile(`^[0-9]{1,3}[.,][0-9]{3}$`)
	largest = decimal.New(1, 15)
)

// scales are the words for powers of ten.
var scales = map[string]int32{"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}

// marks are the signs of currencies, with the codes that each may stand for.
var marks = []struct {
	mark  string
	codes []string
}{
	{"£", []string{"GBP"}},
	{"€", []string{"EUR"}},
	{"US$", []string{"USD"}},
	{"$", []string{"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "COP", "ARS", "CLP", "MXN"}},
	{"¥", []string{"JPY", "CNY"}},
}

// codes are those that are known where they stand beside an amount in one field.
const codes = " GBP EUR USD AUD CAD NZD SGD HKD JPY CNY KRW INR CHF SEK NOK DKK PLN CZK HUF ILS ZAR KES UGX RWF NGN GHS ETB XOF XAF COP ARS BRL CLP PEN MXN "

// parseNumber reads a number. In a file whose fields are separated by semicolons
// a comma or a point before three digits may mean either, so it is refused. The
// problem says why a text is no number; it is empty if it is one.
func parseNumber(given string, semicolons bool) (n written, problem string) {
	text := strings.TrimSpace(ordinary(given))
	n.plain = plain.MatchString(strings.TrimPrefix(strings.TrimSpace(given), "-"))
	if rest, ok := strings.CutPrefix(text, "'"); ok {
		text, n.means = rest, []string{"the apostrophe marks a text"}
	}
	body, negative, problem := n.peel(text)
	if problem != "" {
		return n, problem
	}
	scale := int32(0)
	if m := scaled.FindStringSubmatch(strings.ToLower(body)); m != nil {
		body, scale, n.scaled = m[1], scales[m[2]], true
		n.means = append(n.means, fmt.Sprintf("%s means %s", m[2], words.Exact(decimal.New(1, scale))))
	}
	if semicolons && either.MatchString(body) {
		return n, "its comma or point may stand before thousands or before decimals: write a plain number, such as 1250 or 1.25"
	}
	if grouped.MatchString(body) {
		body = strings.NewReplacer(",", "", " ", "", "'", "").Replace(body)
	}
	if !plain.MatchString(body) && !power.MatchString(body) {
		return n, noNumber(text, body)
	}
	value, err := decimal.NewFromString(body)
	if err != nil || value.Shift(scale).GreaterThan(largest) || value.Exponent() < -40 {
		return n, tooLong
	}
	n.value = value.Shift(scale)
	if negative {
		n.value = n.value.Neg()
	}
	return n, ""
}

// ordinary is a text with ordinary spaces, minus signs and apostrophes in the
// place of others, and without characters that cannot be seen.
func ordinary(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		switch r {
		case '\u2212', '\u2010', '\u2011', '\u2013', '\ufe63', '\uff0d':
			return '-'
		case '\u2019', '\u2018':
			return '\''
		}
		return r
	}, text)
}

// peel takes signs and currencies off both ends of a number.
func (n *written) peel(text string) (body string, negative bool, problem string) {
	signs := 0
	for {
		text = strings.TrimSpace(text)
		rest, codes := currencyBeside(text)
		switch {
		case codes != nil:
			if n.currencies != nil && !slices.Equal(n.currencies, codes) {
				return text, false, "it names two currencies: write one amount in one currency"
			}
			n.currencies = codes
			text = rest
		case strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")"):
			signs, negative, text = signs+1, true, text[1:len(text)-1]
			n.means = append(n.means, "brackets mean below 0")
		case len(text) > 1 && text[0] == '-':
			signs, negative, text = signs+1, true, text[1:]
		case len(text) > 1 && text[0] == '+':
			signs, text = signs+1, text[1:]
		case len(text) > 1 && strings.HasSuffix(text, "-"):
			signs, negative, text = signs+1, true, text[:len(text)-1]
			n.means = append(n.means, "a minus at the end means below 0")
		case signs > 1:
			return text, false, "it has two signs: write one minus in front of an amount below 0"
		default:
			return text, negative, ""
		}
	}
}

// currencyBeside takes a currency off one end of a text: the codes are nil if
// none stands there.
func currencyBeside(text string) (rest string, found []string) {
	for _, m := range marks {
		if rest, ok := strings.CutPrefix(text, m.mark); ok {
			return rest, m.codes
		}
		if rest, ok := strings.CutSuffix(text, m.mark); ok {
			return rest, m.codes
		}
	}
	known := func(code string) bool { return strings.Contains(codes, " "+strings.ToUpper(code)+" ") }
	const width = len("GBP")
	if len(text) <= width {
		return text, nil
	}
	first, last := text[:width], text[len(text)-width:]
	if after := text[width]; known(first) && !unicode.IsLetter(rune(after)) {
		return text[width:], []string{strings.ToUpper(first)}
	}
	if before := text[len(text)-width-1]; known(last) && !unicode.IsLetter(rune(before)) {
		return text[:len(text)-width], []string{strings.ToUpper(last)}
	}
	return text, nil
}

// tooLong is the problem of a number that cannot be an amount.
const tooLong = "it is too large, or has too many decimals"

// noNumber says why a text is not a number, and what to write.
func noNumber(text, body string) string {
	const write = "write a plain number, such as 470588.24, or leave the field empty"
	switch {
	case text != "" && strings.Trim(text, "-—") == "":
		return "a dash may mean 0 or that nothing is known: write 0, or leave the field empty"
	case strings.HasSuffix(text, "%"):
		return "a percentage is no amount: " + write
	case long.MatchString(body):
		return tooLong
	case misplace.MatchString(body):
		return "its commas, points or spaces are not where a number has them: write a plain number, such as 470588.24"
	}
	return "it is not a number: " + write
}

// number returns a number exactly as written, without rounding. It is not an
// amount of money.
func (w row) number(column string) decimal.NullDecimal {
	given := w.get(column)
	if given == "" {
		return decimal.NullDecimal{}
	}
	n, problem := parseNumber(given, w.s.semicolons)
	if problem == "" {
		problem = n.notCounted()
	}
	if problem != "" {
		w.repair(column, given, "", problem)
		return decimal.NullDecimal{}
	}
	w.rewritten(column, given, n)
	return decimal.NewNullDecimal(n.value)
}

// notCounted says why a number cannot be one of children, weeks or months.
func (n *written) notCounted() (problem string) {
	switch {
	case n.currencies != nil:
		return "it is an amount of money where a number is wanted"
	case n.scaled:
		return "its letters may be a unit: write a plain number, such as 1200"
	}
	return ""
}

// rewritten adds a repair for a number that is not written as a plain one.
func (w row) rewritten(column, given string, n written) {
	if !n.plain {
		w.repair(column, given, n.value.String(), strings.Join(append(n.means, "plain numbers, such as 470588.24, are expected"), "; "))
	}
}

// numberOrText returns a number or, if a column that should have one does not, the
// text in its place.
func (w row) numberOrText(column string) (decimal.NullDecimal, string) {
	given := w.get(column)
	n, problem := parseNumber(given, w.s.semicolons)
	if problem == "" && n.notCounted() == "" || given == "" {
		return w.number(column), ""
	}
	w.repair(column, given, "", "it is not a plain number, and is kept as text")
	return decimal.NullDecimal{}, given
}

// amount returns an amount of money exactly as written, or the text in its place
// if it cannot be read. The currency is that of its column; if that is empty, it
// becomes the one that the amount names.
func (w row) amount(column string, currency *string) (decimal.NullDecimal, string) {
	given := w.get(column)
	if given == "" {
		return decimal.NullDecimal{}, ""
	}
	n, problem := parseNumber(given, w.s.semicolons)
	if problem == "" {
		problem = n.agree(currency)
	}
	if problem != "" {
		w.repair(column, given, "", problem)
		return decimal.NullDecimal{}, given
	}
	w.rewritten(column, given, n)
	return decimal.NewNullDecimal(n.value), ""
}

// agree compares the currency that an amount names with that of its column.
func (n *written) agree(currency *string) (problem string) {
	switch {
	case len(n.currencies) == 0 || slices.Contains(n.currencies, *currency):
		return ""
	case *currency != "":
		return "it names the currency " + words.Or(n.currencies) + ", but the column of its currency has " + *currency
	case len(n.currencies) > 1:
		return "it may be in " + words.Or(n.currencies) + ": write the code in the column of its currency"
	}
	*currency = n.currencies[0]
	n.means = append(n.means, "the column of its currency is empty, so "+*currency+" is taken from here")
	return ""
}

// amounts reads the three columns of a range.
func (w row) amounts(prefix string, currency *string) Range {
	var r Range
	var texts [3]string
	r.Min, texts[0] = w.amount(prefix+"Min", currency)
	r.Exact, texts[1] = w.amount(prefix+"Exact", currency)
	r.Max, texts[2] = w.amount(prefix+"Max", currency)
	r.Text = cmp.Or(texts[1], texts[0], texts[2])
	return r
}

// isCode is the code of a currency.
var isCode = regexp.MustCompile(`^[A-Z]{3}$`)

// currency returns a currency's code; whatever else stands there is kept as it is.
func (w row) currency(column string) string {
	given := w.get(column)
	code := strings.ToUpper(given)
	for _, m := range marks {
		if code == m.mark && len(m.codes) == 1 {
			w.repair(column, given, m.codes[0], "codes such as GBP are expected")
			return m.codes[0]
		}
	}
	if code != "" && !isCode.MatchString(code) {
		w.data.Notes = append(w.data.Notes, Note{File: w.s.file, Row: w.row, Text: "the currency " + quote(given) + " is not a code such as GBP, so amounts in it are not added to any others"})
	}
	return code
}
