package uncertain

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// String says the law in words with its parameters, at three significant
// figures: "Beta(20, 11)", "LogNormal, mean 0.0081, 90% from 0.00614 to 0.0103".
// The ends are those of [Law.Range].
func (l Law) String() string {
	if l.Family == "" {
		return "no law"
	}
	if _, known := families[l.Family]; !known {
		return fmt.Sprintf("a law of no known family (%s)", string(l.Family))
	}
	d, err := l.sound()
	if err != nil {
		return fmt.Sprintf("%s that is not sound", l.Family.a())
	}
	if s := l.scale(); s != 1 || l.Shift != 0 {
		if l.Family != Beta {
			return skewed(l.Family, placed{d, l})
		}
		text := d.words()
		if s != 1 {
			text = figures(s) + " times " + text
		}
		if l.Shift != 0 {
			text = figures(l.Shift) + " plus " + text
		}
		return text
	}
	return d.words()
}

// placed is a law with its scale and shift, for words alone.
type placed struct {
	distribution
	law Law
}

func (p placed) mean() float64              { return p.law.Mean() }
func (p placed) sd() float64                { return p.law.SD() }
func (p placed) quantile(u float64) float64 { return p.law.Quantile(u) }

// skewed says a law whose parameters tell a person less than its mean and range.
func skewed(f Family, d distribution) string {
	show := func(x float64) string { return figures(tidy(x, d.sd())) }
	return fmt.Sprintf("%s, mean %s, 90%% from %s to %s", f, show(d.mean()), show(d.quantile(0.05)), show(d.quantile(0.95)))
}

// figures writes a number with three significant figures: "12,300", "0.0081".
func figures(x float64) string {
	if x == 0 || !finite(x) {
		return exact(x)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', 2, 64), 64)
	if err != nil {
		return exact(x)
	}
	return exact(rounded)
}

// exact writes a number as it was given, with thousands separated.
func exact(x float64) string {
	if size := math.Abs(x); !finite(x) || (size != 0 && size < 1e-6) || size >= 1e15 {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	text := strconv.FormatFloat(x, 'f', -1, 64)
	_, fraction, _ := strings.Cut(text, ".")
	return words.Number(x, len(fraction))
}
