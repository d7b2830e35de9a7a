package uncertain

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// lowerBeta is the incomplete beta function, I_x(a, b), with y = 1 - x, and the
// term x^a y^b ÷ B(a, b), which is its slope against the logarithm of x ÷ y.
//
// gonum's loses digits as the shapes grow, because it takes the logarithm of
// B(a, b) as a difference of large numbers: the 90% of a range of 49.99% to 50.01%
// came out 5e-9 off.
func lowerBeta(a, b, x, y float64) (p, term float64) {
	term = betaTerm(a, b, x, y)
	if x <= (a+1)/(a+b+2) {
		return min(1, term*fraction(a, b, x)/a), term
	}
	return max(0, 1-term*fraction(b, a, y)/b), term
}

// betaTerm is x^a y^b ÷ B(a, b). Where both shapes are large it is taken from its
// value at the mean, by Stirling's series.
func betaTerm(a, b, x, y float64) float64 {
	n := a + b
	if min(a, b) < large {
		return math.Exp(a*math.Log(x) + b*math.Log(y) - logBeta(a, b))
	}
	d := x - a/n
	if x > 0.5 {
		d = b/n - y
	}
	fall := a*math.Log1p(d*n/a) + b*math.Log1p(-d*n/b)
	return math.Exp(fall+stirling(n)-stirling(a)-stirling(b)) * math.Sqrt(a/n*b/(2*math.Pi))
}

// logBeta is the logarithm of B(a, b).
func logBeta(a, b float64) float64 {
	a, b = min(a, b), max(a, b)
	if b < large {
		return mathext.Lbeta(a, b)
	}
	gamma, _ := math.Lgamma(a)
	n := a + b
	return gamma + (b-0.5)*math.Log1p(-a/n) - a*math.Log(n) + a + stirling(b) - stirling(n)
}

// large is from where Stirling's series is exact to the last digits.
const large = 12

// stirling is what Stirling's formula leaves of the logarithm of Γ(x).
func stirling(x float64) float64 {
	s := 1 / (x * x)
	return (1.0/12 - s*(1.0/360-s*(1.0/1260-s*(1.0/1680-s*(1.0/1188-s*691.0/360360))))) / x
}

// fraction is the continued fraction of the incomplete beta function, by the
// method of Lentz (Press and others, Numerical Recipes, 6.4). It takes of the
// order of √(a + b) steps near the mean, fewer elsewhere.
func fraction(a, b, x float64) float64 {
	const tiny = 1e-300
	off := func(z float64) float64 {
		if math.Abs(z) < tiny {
			return tiny
		}
		return z
	}
	c, d := 1.0, 1/off(1-(a+b)*x/(a+1))
	h := d
	for m := 1.0; m < 1e6; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d, c = 1/off(1+even*d), off(1+even/c)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d, c = 1/off(1+odd*d), off(1+odd/c)
		h *= d * c
		if math.Abs(d*c-1) < 3e-16 {
			break
		}
	}
	return h
}

// gammaTerm is x^a e^-x ÷ Γ(a), the slope of the incomplete gamma function against
// the logarithm of x.
func gammaTerm(a, x float64) float64 {
	if a < large {
		norm, _ := math.Lgamma(a)
		return math.Exp(a*math.Log(x) - x - norm)
	}
	u := (x - a) / a
	return math.Exp(a*(math.Log1p(u)-u)-stirling(a)) * math.Sqrt(a/(2*math.Pi))
}

// incompleteGamma is both sides of the incomplete gamma function, P(a, x) and
// Q(a, x), and the term of which they are multiples. By its series below the mean
// and its continued fraction above (Press and others, Numerical Recipes, 6.2),
// which take of the order of √a steps. For a large shape gonum's expansion is
// quick and exact near the mean, but stops short in the tails.
func incompleteGamma(a, x float64) (lower, upper, term float64) {
	if math.IsInf(x, 1) {
		return 1, 0, 0
	}
	term = gammaTerm(a, x)
	if a > 1e4 && math.Abs(x-a) < 4*math.Sqrt(a) {
		return mathext.GammaIncReg(a, x), mathext.GammaIncRegComp(a, x), term
	}
	if x < a+1 {
		sum, part := 1/a, 1/a
		for n := a + 1; part > sum*1e-17; n++ {
			part *= x / n
			sum += part
		}
		lower = min(1, term*sum)
		return lower, 1 - lower, term
	}
	b := x + 1 - a
	c, d := math.Inf(1), 1/b
	h := d
	for i := 1.0; i < 1e6; i++ {
		rise := i * (a - i)
		b += 2
		d, c = 1/(b+rise*d), b+rise/c
		h *= d * c
		if math.Abs(d*c-1) < 3e-16 {
			break
		}
	}
	upper = min(1, term*h)
	return 1 - upper, upper, term
}
