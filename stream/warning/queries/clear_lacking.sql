-- That there was too little history once is forgotten when something is learnt, or tried again.
delete from warning_model where not enough
