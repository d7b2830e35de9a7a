package uncertain_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// A rate is "about 0.81% a week, surely between 0.60% and 1.10%"; of 31 children
// who stepped down, 20 broke down; and where there are many failures at home there
// are likely to be many after a step down.
func Example() {
	rate, err := uncertain.Fit(uncertain.LogNormal, 0.0081, 0.0060, 0.0110)
	if err != nil {
		fmt.Println(err)
		return
	}
	breakdown, err := uncertain.OfCounts(20, 31)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rate)
	fmt.Println(breakdown)
	fmt.Printf("more than half break down with a probability of %.2f\n", breakdown.Above(0.5))

	together, err := uncertain.NewCopula(2, []uncertain.Correlation{{I: 0, J: 1, Spearman: 0.5}})
	if err != nil {
		fmt.Println(err)
		return
	}
	quick := []*uncertain.Quick{uncertain.NewQuick(rate), uncertain.NewQuick(breakdown)}
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		u := []float64{random.Float64(), random.Float64()}
		together.Join(u)
		fmt.Printf("%.2f%% a week, %.0f%% break down\n", 100*quick[0].Quantile(u[0]), 100*quick[1].Quantile(u[1]))
	}
	// Output:
	// LogNormal, mean 0.0081, 90% from 0.00589 to 0.0108
	// Beta(20, 11)
	// more than half break down with a probability of 0.95
	// 0.87% a week, 66% break down
	// 0.80% a week, 64% break down
	// 0.93% a week, 66% break down
}

// A mean that is much nearer one end than the other has no law, and the error says
// which ranges would have one.
func ExampleFit() {
	_, err := uncertain.Fit(uncertain.Beta, 0.5, 0.49, 0.99)
	fmt.Println(err)
	// Output:
	// with a mean of 0.5, a Beta law that has 90% in 0.49 to 0.99 has less than 1 in 1,000 above 0.99, so that this end would say nothing: take 0.49 to 0.51 or 0.01 to 0.99, or move the mean
}
