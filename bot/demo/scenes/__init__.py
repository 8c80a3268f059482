"""What the people do, scene by scene in the order of the SOP; `bot.demo.play` runs them."""
