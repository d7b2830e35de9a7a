package scenario

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

func (d *decoder) payer(n named) contract.Payer {
	f := n.fields("share", "claims", "cap", "then")
	p := contract.Payer{
		Name:   n.name,
		Claims: f.may("claims").nameList(d.commissioners),
		Shares: f.need("share", aShare).datedShares(),
		Cap:    f.may("cap").limit(),
	}
	if then := f.may("then"); then.given() {
		then.unmarshal(&p.Then, want{what: "commissioner pays or stop"})
		if _, ok := f.has("cap"); !ok {
			then.warn("this says what happens above a cap, but the payer has no cap: write a cap, or remove this")
		}
	}
	payers := append([]string{contract.ClaimingCommissioner}, d.commissioners.valid...)
	if !slices.Contains(payers, n.name) {
		if near, ok := almost(n.name, payers); ok {
			n.fault("%s is almost %s: did you mean that? Another payer needs a name that differs more", quote(n.name), quote(near))
		}
	} else if n.name != contract.ClaimingCommissioner {
		d.council(n, &p)
	}
	return p
}

// council turns a payer with the name of a commissioner into that
// commissioner's part of its own claims.
func (d *decoder) council(n named, p *contract.Payer) {
	for _, other := range p.Claims {
		if other != n.name {
			n.fault("%s is a commissioner, and a commissioner shares in its own claims only: remove claims", quote(n.name))
			return
		}
	}
	if p.Cap.Valid {
		n.warn("%s is a commissioner, and a commissioner has no cap of its own as a payer: use contract cap", quote(n.name))
		p.Cap = decimal.NullDecimal{}
	}
	p.Name, p.Claims = contract.ClaimingCommissioner, []string{n.name}
}

// datedShares reads a share, or a list of shares from dates on.
func (c cursor) datedShares() []contract.DatedShare {
	switch {
	case c.given() && c.n.kind == block && len(c.n.entries) > 0:
		c.fault("a block was given where a share is needed: write one share such as 27.5%%, or each share with the date from which it holds, as %s", sharesByDate)
		return nil
	case !c.given() || c.n.kind != sequence:
		return []contract.DatedShare{{Share: c.share(aShare)}}
	}
	var shares []contract.DatedShare
	for i, item := range c.list() {
		if item.isBlock("until") || item.isBlock("to") {
			item.fault("a share holds until the next one begins: write the dates from which shares hold, as %s", sharesByDate)
			continue
		}
		f := item.fields("from", "share")
		from := f.may("from")
		dated := contract.DatedShare{From: from.date(), Share: f.need("share", aShare).share(aShare)}
		if i > 0 && len(shares) > 0 {
			f.inOrder(from, dated, shares[len(shares)-1])
		}
		shares = append(shares, dated)
	}
	if len(shares) == 0 && c.sound() {
		c.fault("the list is empty: write a share, or shares with the date from which each holds")
	}
	return shares
}

const sharesByDate = "[{share: 30%}, {from: 2024-10-01, share: 0%}]"

// inOrder refuses shares that are not in order of date.
func (f fields) inOrder(from cursor, dated, before contract.DatedShare) {
	if _, ok := f.has("from"); !ok && f.given() {
		f.fault("the date from which this share holds is missing: write from and a date, such as %s", aDate.example)
		return
	}
	if from.sound() && !dated.From.After(before.From) {
		from.fault("%s is not after the date of the share before it, %s: put shares in order of date", dated.From, before.From)
	}
}
