package uncertain

import (
	"fmt"
	"math"
)

// uniform is the Uniform law.
type uniform struct{ low, high float64 }

func (d uniform) check() error               { return limits(Uniform, d.low, d.low, d.high) }
func (d uniform) mean() float64              { return d.low/2 + d.high/2 }
func (d uniform) sd() float64                { return (d.high - d.low) / math.Sqrt(12) }
func (d uniform) quantile(u float64) float64 { return d.low*(1-u) + d.high*u }
func (d uniform) above(x float64) float64    { return max(0, min((d.high-x)/(d.high-d.low), 1)) }

func (d uniform) words() string {
	return fmt.Sprintf("Uniform from %s to %s", figures(d.low), figures(d.high))
}

// fitUniform returns the Uniform law between limits, of which the mean must be
// the middle.
func fitUniform(mean, low, high float64) (Law, error) {
	if err := middle(Uniform, mean, low, high); err != nil {
		return Law{}, err
	}
	return checked(Law{Family: Uniform, Low: low, High: high})
}

// middle returns an error unless the mean is the middle of the range.
func middle(f Family, mean, low, high float64) error {
	if centre := low/2 + high/2; !(math.Abs(mean-centre) <= 1e-9*(high-low)) {
		return fmt.Errorf("a mean of %s has no %s law from %s to %s: it is as likely above as below the middle, so its mean is %s; move the mean or an end",
			exact(mean), f, exact(low), exact(high), exact(centre))
	}
	return nil
}
