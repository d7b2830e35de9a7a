package contract_test

import (
	"math"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What must hold of payers with fixed shares of all claims, however they and the
// rest of the contract are drawn.

// drawFixed puts payers with fixed shares of all claims in place of those drawn:
// every council and up to two others, in any order.
func (d *drawn) drawFixed(t *rapid.T) {
	names := slices.Concat(d.shape.Commissioners, []string{"Fund", "Trust"}[:rapid.IntRange(0, 2).Draw(t, "others")])
	names = rapid.Permutation(names).Draw(t, "fixed payers")
	list := make([]contract.Payer, len(names))
	dates := []contract.DatedShare{{}, from("2021-01-01", "0")}[:rapid.IntRange(1, 2).Draw(t, "dates")]
	for i, name := range names {
		list[i].Name = name
	}
	for _, dated := range dates {
		left := int64(1_000_000_000)
		for i := range list {
			share := left
			if i < len(list)-1 {
				share = rapid.Int64Range(0, left).Draw(t, "share")
			}
			left -= share
			list[i].Shares = append(list[i].Shares, contract.DatedShare{From: dated.From, Share: decimal.New(share, -9)})
		}
	}
	d.terms.Payers = list
}

// paidBy is what one payer pays for a quarter, whosever claim it is.
func paidBy(l *contract.Ledger, payer, q int) (sum int64) {
	for c := range l.Shape.Commissioners {
		sum += l.PaymentsOf(payer, c)[q]
	}
	return sum
}

// paidOf is what all payers pay of one commissioner's claims of a quarter.
func paidOf(l *contract.Ledger, c, q int) (sum int64) {
	for payer := range l.Payers {
		sum += l.PaymentsOf(payer, c)[q]
	}
	return sum
}

func TestFixedSharesOfTheWholeClaim(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawFixed(t)
		if rapid.Bool().Draw(t, "capped") {
			d.terms.Cap = drawCap(t, total(d.price(t).Claims))
		}
		l := d.price(t)
		for q, quarter := range d.shape.Quarters {
			whole := int64(0)
			for c := range d.shape.Commissioners {
				whole += claim(l, c, q)
				require.Equal(t, claim(l, c, q), paidOf(l, c, q), "parts of a council's claim add up")
			}
			for i, name := range l.Payers {
				at := slices.IndexFunc(d.terms.Payers, func(p contract.Payer) bool { return p.Name == name })
				exact := shareOf(d.terms.Payers[at], quarter).Mul(decimal.NewFromInt(whole))
				off := decimal.NewFromInt(paidBy(l, i, q)).Sub(exact).Abs()
				require.True(t, off.LessThan(decimal.NewFromInt(1)), "%s pays %d of %d, %s off", name, paidBy(l, i, q), whole, off)
			}
		}
	})
}

// Each payer's part under caps, against pouring by fractions of a penny: what is
// over a cap goes, share by share, to those who are not full.
func TestFixedSharesUnderPayersCaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.drawFixed(t)
		all := total(d.price(t).Claims)
		uncapped := rapid.IntRange(0, len(d.terms.Payers)-1).Draw(t, "uncapped")
		rest := decimal.New(9, -1).Div(decimal.NewFromInt(int64(max(1, len(d.terms.Payers)-1)))).Truncate(9)
		stops := false
		for i := range d.terms.Payers {
			if i == uncapped {
				continue
			}
			p := &d.terms.Payers[i]
			p.Shares = []contract.DatedShare{{Share: rest}}
			p.Cap, p.Then = drawCap(t, all/2), rapid.SampledFrom([]contract.Overflow{contract.OthersPay, contract.Stop}).Draw(t, "then")
			stops = stops || p.Then == contract.Stop
		}
		d.terms.Payers[uncapped].Shares = []contract.DatedShare{
			{Share: decimal.NewFromInt(1).Sub(rest.Mul(decimal.NewFromInt(int64(len(d.terms.Payers) - 1))))},
		}
		l := d.price(t)
		poured := pour(d, l)
		for i, p := range d.terms.Payers {
			row, cumulative := slices.Index(l.Payers, p.Name), int64(0)
			for q := range d.shape.Quarters {
				cumulative += paidBy(l, row, q)
				// Each quarter is rounded at most once for every payer that overflows.
				require.InDelta(t, poured[i][q], float64(cumulative), float64((q+1)*len(d.terms.Payers)*2))
			}
			if p.Cap.Valid {
				require.LessOrEqual(t, cumulative, p.Cap.Decimal.Shift(2).IntPart())
			}
		}
		for q := range d.shape.Quarters {
			for c := range d.shape.Commissioners {
				require.LessOrEqual(t, paidOf(l, c, q), claim(l, c, q))
				if !stops {
					require.Equal(t, claim(l, c, q), paidOf(l, c, q))
				}
			}
		}
	})
}

// pour is what each payer has paid by the end of each quarter, in pence and
// fractions: all payers are filled at the same time in proportion to their
// shares; one that is full takes no more. What is over its own share is lost if it
// says stop; what it cannot take of another's goes to those who can.
func pour(d *drawn, l *contract.Ledger) [][]float64 {
	paid := make([]float64, len(d.terms.Payers))
	by := make([][]float64, len(paid))
	for q := range d.shape.Quarters {
		whole := 0.0
		for c := range d.shape.Commissioners {
			whole += float64(claim(l, c, q))
		}
		parts := make([]float64, len(paid))
		for i, p := range d.terms.Payers {
			parts[i] = whole * p.Shares[0].Share.InexactFloat64()
		}
		for own := true; ; own = false {
			over, shares := 0.0, 0.0
			for i, p := range d.terms.Payers {
				left := math.Inf(1)
				if p.Cap.Valid {
					left = p.Cap.Decimal.Shift(2).InexactFloat64() - paid[i]
				}
				if parts[i] >= left-1e-9 {
					if p.Then == contract.OthersPay || !own {
						over += parts[i] - left
					}
					parts[i] = left
				} else {
					shares += p.Shares[0].Share.InexactFloat64()
				}
			}
			if over < 1e-6 {
				break
			}
			for i, p := range d.terms.Payers {
				if !p.Cap.Valid || parts[i] < p.Cap.Decimal.Shift(2).InexactFloat64()-paid[i]-1e-9 {
					parts[i] += over * p.Shares[0].Share.InexactFloat64() / shares
				}
			}
		}
		for i := range paid {
			paid[i] += parts[i]
			by[i] = append(by[i], paid[i])
		}
	}
	return by
}

// With one council, whose child it is makes no difference.
func TestFixedSharesOfOneCouncil(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.shape.Commissioners, d.terms.Metrics[0].Commissioners = []string{derby}, nil
		d.shape.Cohorts, d.shape.Metrics = nil, []string{"M1"}
		d.terms = contract.Terms{
			Metrics: []contract.Metric{{Name: "M1", Tariff: contract.Tariff{Amount: drawPounds(t, 100_000)}}},
			Payers:  []contract.Payer{{Name: "Fund", Shares: always("0.275"), Cap: drawCap(t, 50_000)}, {Name: contract.ClaimingCommissioner, Shares: always("0.725")}},
		}
		d.care = contract.Care{}
		d.tally = contract.NewCounts[int64](d.shape)
		for q := range d.shape.Quarters {
			d.tally.UnitsOf(0, 0)[q] = rapid.Int64Range(0, 5).Draw(t, "units")
		}
		own := d.price(t)
		d.terms.Payers[0].Then, d.terms.Payers[1].Name = contract.OthersPay, derby
		require.Equal(t, own, d.price(t))
	})
}
