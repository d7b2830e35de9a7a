package contract

import "math"

// claim prices all units.
func claim[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	cells := len(p.shape.Commissioners) * len(p.shape.Quarters)
	for m, paid := range p.paid {
		if p.beyond[m] != nil {
			claimBeyond(p, counts, into, m)
			continue
		}
		claims, tariff, units := row(into.Claims, m, cells), row(p.prices(), m, cells), row(counts.Units, m, cells)
		if isWhole[N]() && paid == whole {
			multiply(claims, units, tariff)
			continue
		}
		for i, n := range units {
			claims[i] = 0
			if n != 0 {
				claims[i] = value(n, tariff[i], paid)
			}
		}
	}
}

// multiply is whole units times their price, cell by cell.
func multiply[N Number](claims []int64, units []N, price []int64) {
	units, price = units[:len(claims)], price[:len(claims)]
	for i := range claims {
		claims[i] = int64(units[i]) * price[i]
	}
}

// value is the price of a number of units in pence: units × the share paid for
// × tariff, rounded to the penny once, half a penny away from zero. It is exact
// for whole counts, and for expected ones that come to whole pence before the
// deadweight is taken off.
func value[N Number](units N, tariff, paid int64) int64 {
	if isWhole[N]() {
		if paid == whole {
			return int64(units) * tariff
		}
		return part(int64(units)*tariff, paid)
	}
	amount := float64(units) * float64(tariff)
	if paid == whole {
		return int64(math.Round(amount))
	}
	if amount == math.Trunc(amount) {
		return part(int64(amount), paid)
	}
	return int64(math.Round(amount * float64(paid) / whole))
}

// isWhole reports whether counts are whole, those of one replication, and not
// expected ones.
func isWhole[N Number]() bool { return N(1)/2 == 0 }
