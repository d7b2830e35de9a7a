package ssda903

import (
	"strings"
	"time"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// date reads 31/03/2024, 31/03/24 and 2024-03-31, the last with or without a time of
// day. Years of two digits are 1970 to 2069. Anything else is no date.
func date(s string) (calendar.Date, bool) {
	s, _, _ = strings.Cut(s, " ")
	s, _, _ = strings.Cut(s, "T")
	var (
		n      [3]int
		digits [3]int
		k      int
	)
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && digits[k] < 4:
			n[k] = 10*n[k] + int(c-'0')
			digits[k]++
		case (c == '/' || c == '-' || c == '.') && k < 2:
			k++
		default:
			return calendar.Date{}, false
		}
	}
	day, year := 0, 2
	if digits[0] == 4 {
		day, year = 2, 0
	}
	if k != 2 || digits[day] < 1 || digits[day] > 2 || digits[1] < 1 || digits[1] > 2 || digits[year] != 4 && digits[year] != 2 {
		return calendar.Date{}, false
	}
	if digits[year] == 2 {
		n[year] += 1900
		if n[year] < 1970 {
			n[year] += 100
		}
	}
	d := calendar.NewDate(n[year], time.Month(n[1]), n[day])
	return d, d.Day() == n[day] && int(d.Month()) == n[1] && !d.IsZero()
}
