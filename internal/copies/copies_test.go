package copies

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

type leaf interface{ set(int) }

type number struct{ N int }

func (n *number) set(to int) { n.N = to }

type tree struct {
	Name   string
	Amount decimal.Decimal
	List   []*tree
	ByName map[string][]int
	Leaf   leaf
	Two    [2][]int
	hidden []int
}

// A copy is equal, and no change of it is seen in what it was made of.
func TestDeep(t *testing.T) {
	made := func() *tree {
		return &tree{
			Name: "a", Amount: decimal.New(5, -1), List: []*tree{nil, {Name: "b"}}, ByName: map[string][]int{"c": {1, 2}, "d": nil},
			Leaf: &number{3}, Two: [2][]int{{4}, nil}, hidden: []int{5},
		}
	}
	of := made()
	copied := Deep(of)
	require.Equal(t, made(), copied)
	copied.List[1].Name, copied.ByName["c"][0], copied.Two[0][0] = "changed", 9, 9
	copied.ByName["e"] = nil
	copied.Leaf.set(9)
	require.Equal(t, made(), of)
	copied.hidden[0] = 9
	require.Equal(t, 9, of.hidden[0], "what is hidden is shared")
	require.Nil(t, Deep[*tree](nil))
	require.Nil(t, Deep[[]int](nil))
	require.Nil(t, Deep[map[string]int](nil))
	require.Equal(t, []int{}, Deep([]int{}))
}
