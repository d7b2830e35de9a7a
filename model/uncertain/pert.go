package uncertain

import "fmt"

// pert is the PERT law: a Beta law stretched between limits.
type pert struct {
	low, mode, high float64
	of              beta // of (x - low) ÷ (high - low)
}

// pertOf is the PERT law with limits and a most likely value.
func pertOf(low, mode, high float64) pert {
	width := high - low
	return pert{low, mode, high, beta{1 + 4*(mode-low)/width, 1 + 4*(high-mode)/width}}
}

func (d pert) check() error  { return limits(PERT, d.low, d.mode, d.high) }
func (d pert) mean() float64 { return d.low/6 + d.mode/1.5 + d.high/6 }
func (d pert) sd() float64   { return (d.high - d.low) * d.of.sd() }

func (d pert) quantile(u float64) float64 {
	return min(d.high, d.low+(d.high-d.low)*d.of.quantile(u))
}

func (d pert) density(x float64) float64 {
	return d.of.density((x-d.low)/(d.high-d.low)) / (d.high - d.low)
}

// above turns the law round, so that little is left of the high limit exactly.
func (d pert) above(x float64) float64 {
	return beta{d.of.b, d.of.a}.below((d.high - x) / (d.high - d.low))
}

func (d pert) words() string {
	return fmt.Sprintf("PERT from %s to %s, most likely %s", figures(d.low), figures(d.high), figures(d.mode))
}

// fitPERT returns the PERT law with a mean between limits.
func fitPERT(mean, low, high float64) (Law, error) { return moded(PERT, mean, low, high, 4) }
