package contract

import "github.com/edgeofcare/edgeofcare/internal/enum"

// Overflow says what happens to a payer's part of a claim once its own cap is
// reached.
type Overflow int

// The consequences.
const (
	CommissionerPays Overflow = iota // the claiming commissioner pays it
	Stop                             // nobody pays it
	OthersPay                        // the other payers of fixed shares pay it, in proportion to their shares
)

var overflowNames = []string{"commissioner pays", "stop", "others pay"}

// MarshalText writes the words.
func (o Overflow) MarshalText() ([]byte, error) { return enum.Marshal(o, overflowNames, "consequence") }

// UnmarshalText reads the words; the error lists the valid ones.
func (o *Overflow) UnmarshalText(text []byte) error {
	return enum.Unmarshal(o, text, overflowNames, "consequence")
}

// capPayers limits each payer with a cap to what is left of it. What is left is
// shared over the commissioners' claims pro rata, by largest remainder, ties by
// name of commissioner. The rest is the claiming commissioner's to pay, or
// nobody's.
func (p *Pricer) capPayers(into *Ledger, q int) {
	p.raisePayers(q)
	order := p.work.byName
	for n, payer := range p.payers.list {
		if payer.cap.pence == noCap {
			continue
		}
		total := int64(0)
		for i, c := range order {
			p.work.weights[i] = into.PaymentsOf(payer.ledger, c)[q]
			total += p.work.weights[i]
		}
		left := &p.work.room.payer[n]
		if total <= *left {
			*left -= total
			continue
		}
		apportion(*left, p.work.weights[:len(order)], p.work.parts, p.work.remainders)
		*left = 0
		for i, c := range order {
			into.PaymentsOf(payer.ledger, c)[q] = p.work.parts[i]
			if payer.then == CommissionerPays {
				into.PaymentsOf(len(p.payers.names)+c, c)[q] += p.work.weights[i] - p.work.parts[i]
			}
		}
	}
}

// raisePayers carries what is left of the payers' caps over a 1 April.
func (p *Pricer) raisePayers(q int) {
	if !p.newYear[q] {
		return
	}
	for n, payer := range p.payers.list {
		p.work.room.payer[n] = payer.cap.risen(p.work.room.payer[n])
	}
}
