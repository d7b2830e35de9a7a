package words

import "fmt"

// Chance writes the share of n replications in which something happened. None or
// all of so few does not mean never or always: with about 95% confidence the
// chance is below, or above 1 less, 3 ÷ n (the "rule of three": Hanley and
// Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 1983;
// 249(13): 1743-1745). So all of 2,000 is ">99.8%", rounded away from certainty
// to a tenth of a percentage point, and all of 10,000 or more is ">99.9%". Three
// or fewer say nothing: "2 of 2". What is certain by arithmetic is "100%" or
// "0%".
func Chance(share float64, n int, certain bool) string {
	if certain || share > 0 && share < 1 {
		return Percent(share)
	}
	if n <= 3 {
		return fmt.Sprintf("%d of %d", int(share)*n, n)
	}
	away := max(1, (3*1000+n-1)/n) // tenths of a percentage point, rounded up
	if share == 0 {
		return fmt.Sprintf("<%s%%", tenths(away))
	}
	return fmt.Sprintf(">%s%%", tenths(1000-away))
}

// tenths writes so many tenths: "0.3", "97".
func tenths(n int) string {
	if n%10 == 0 {
		return fmt.Sprint(n / 10)
	}
	return fmt.Sprintf("%d.%d", n/10, n%10)
}
