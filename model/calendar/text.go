package calendar

import (
	"fmt"
	"strconv"
)

// digits reads s, which must hold nothing but ASCII digits, as a number.
func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n, true
}

// unmarshal sets *v to what parse makes of text, or to its zero value if the
// text is empty. After an error *v is as it was.
func unmarshal[T any](v *T, text []byte, parse func(string) (T, error)) error {
	if len(text) == 0 {
		var zero T
		*v = zero
		return nil
	}
	parsed, err := parse(string(text))
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}

// refused is the error for a text that is not a value of a type: what was given,
// why it is refused (empty if it just has another form) and the form that is
// allowed. A long text is shown by its beginning.
func refused(what, given, why, allowed string) error {
	const show = 40
	rest := ""
	if len(given) > show {
		given, rest = given[:show], "…"
	}
	if why != "" {
		why += "; "
	}
	return fmt.Errorf("%s%s is not a %s: %swrite %s", strconv.Quote(given), rest, what, why, allowed)
}
