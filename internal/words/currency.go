package words

import (
	"regexp"
	"strings"
)

// The currency of an amount. Everything that the module writes has the pound sign
// where the sign of the programme's own currency belongs; [In] puts that sign in its
// place where text leaves a package. A programme in another currency than pounds has
// no pound sign in any text of its file, so that every one is ours: see [PoundSign].

// Sterling is the code of the currency of a programme that states none.
const Sterling = "GBP"

// PoundSign stands for the sign of the programme's own currency.
const PoundSign = "£"

// currencies are those with a sign and a name of their own; any other has its code.
var currencies = []struct{ code, sign, name string }{
	{Sterling, PoundSign, "pounds sterling"},
	{"AUD", "A$", "Australian dollars"},
	{"NZD", "NZ$", "New Zealand dollars"},
	{"USD", "US$", "US dollars"},
	{"CAD", "C$", "Canadian dollars"},
	{"EUR", "€", "euros"},
}

// isCurrencyCode is the form of a code.
var isCurrencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// CurrencyCode returns the code of a currency by its code or its sign, "AUD" or "A$",
// and false if there is none of that form. An empty text is sterling.
func CurrencyCode(text string) (code string, ok bool) {
	if text == "" {
		return Sterling, true
	}
	for _, c := range currencies {
		if text == c.code || text == c.sign {
			return c.code, true
		}
	}
	return text, isCurrencyCode.MatchString(text)
}

// CurrencySign returns what stands before an amount in a currency: "£", "A$", "SEK ".
func CurrencySign(code string) string {
	for _, c := range currencies {
		if code == c.code || code == "" && c.code == Sterling {
			return c.sign
		}
	}
	return code + " "
}

// CurrencyName returns a currency in words with its sign: "Australian dollars (A$)".
func CurrencyName(code string) string {
	for _, c := range currencies {
		if code == c.code || code == "" && c.code == Sterling {
			return c.name + " (" + c.sign + ")"
		}
	}
	return code
}

// CurrencySigns lists the currencies with a sign, for messages: "GBP (£)", "AUD (A$)".
func CurrencySigns() []string {
	var all []string
	for _, c := range currencies {
		all = append(all, c.code+" ("+c.sign+")")
	}
	return all
}

// In returns a text of the module with the sign of a currency for every pound sign.
func In(code, text string) string {
	if code == "" || code == Sterling {
		return text
	}
	sign := CurrencySign(code)
	if strings.HasSuffix(sign, " ") { // "SEK 5", but "in SEK, "
		text = poundAlone.ReplaceAllString(text, strings.TrimSpace(sign)+"$1")
	}
	return strings.ReplaceAll(text, PoundSign, sign)
}

// poundAlone is a pound sign before anything but an amount.
var poundAlone = regexp.MustCompile(PoundSign + `($|[^0-9x])`)

// AmountIn takes the currency off the front of an amount, "£4000" or "AUD 4000", and
// returns its code: empty if the amount names none, and "$" for a sign that may be of
// several.
func AmountIn(text string) (number, code string) {
	text = strings.TrimSpace(text)
	for _, c := range currencies {
		for _, mark := range []string{c.sign, c.code} {
			if rest, ok := strings.CutPrefix(text, mark); ok {
				return strings.TrimSpace(rest), c.code
			}
		}
	}
	if rest, ok := strings.CutPrefix(text, "$"); ok {
		return strings.TrimSpace(rest), "$"
	}
	if len(text) > 4 && isCurrencyCode.MatchString(text[:3]) && text[3] == ' ' {
		return strings.TrimSpace(text[3:]), text[:3]
	}
	return text, ""
}
